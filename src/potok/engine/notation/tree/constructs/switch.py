"""`switch:` does the case whose value is this one, or the one for all other values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Fixed, Kind, Ways
from potok.engine.notation.tree import asking, conditions, recipes
from potok.engine.notation.tree.constructs.choice import ELSE_IS_LAST
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Severity, _, problem

DOUBLED_CASE = problem(
    "tree.doubled_case",
    _("“{value}” is a case already, so this one is never done for it."),
    hint=_("Keep one of them."),
    severity=Severity.ADVICE,
)


@dataclass(frozen=True)
class Case:
    """Steps for a value or several; None is for all others."""

    values: Plain
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Switch(Step):
    word: ClassVar[str] = "switch"
    value: Plain
    cases: tuple[Case, ...]

    @classmethod
    def read(cls, given: Given) -> Self:
        value = given.any("switch", required=True)
        cases = tuple(_read_case(each) for each in given.each("cases", required=True))
        if given.any("cases") == []:
            given.complain(ABSENT, "cases", key="is")
        for index, case in enumerate(cases[:-1]):
            if case.values is None:
                given.complain(ELSE_IS_LAST, "cases", index)
        return cls(value=value, cases=cases)

    def write(self) -> dict[str, Plain]:
        return {"switch": self.value, "cases": [_write_case(case) for case in self.cases]}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        self._look(draft)
        found = tuple(self._condition(draft, case, index) for index, case in enumerate(self.cases))
        complete = None in found
        node = draft.add(self, Kind.CHOICE, after=after, payload=Ways(found if complete else (*found, None)))
        ends: Ends = []
        for index, case in enumerate(self.cases):
            path = (*self.place, "cases", index, "else" if case.values is None else "do")
            ends += draft.branch(self, case.steps, after=node, path=path, part=f"passed.{index}")
        # As in a condition: the way for all other values is drawn last.
        return ends if complete else [*ends, node]

    def inside(self) -> Iterator[Sequence[Step]]:
        return (case.steps for case in self.cases)

    def _condition(self, draft: Draft, case: Case, index: int) -> str | None:
        path = (*self.place, "cases", index, "is")
        if case.values is None:
            return None
        row = {"formula": conditions.operand(self.value), "operator": "in", "value": _listed(case.values)}
        return asking.condition(draft, row, path=path)

    def _look(self, draft: Draft) -> None:
        """Find values that are cases twice, or that the field does not offer."""
        seen: list[Plain] = []
        for path, value in self._values():
            if value in seen:
                draft.complain(DOUBLED_CASE, path, value=value)
            seen.append(value)
            if (name := _field(self.value)) and not (isinstance(value, str) and recipes.is_formula(value)):
                recipes.offered(draft, name, Fixed(value), path=path)

    def _values(self) -> Iterator[tuple[Path, Plain]]:
        for index, case in enumerate(self.cases):
            for value in [] if case.values is None else _listed(case.values):
                yield (*self.place, "cases", index, "is"), value


def _field(value: Plain) -> str:
    """Name the field of the record that is looked at, if it is one and nothing else."""
    written = str(value)
    alone = written.startswith("{=Document:") and written.endswith("}") and written.count("{") == 1
    return written[len("{=Document:") : -1].strip() if alone else ""


def _listed(values: Plain) -> list[Plain]:
    return values if isinstance(values, list) else [values]


def _read_case(given: Given) -> Case:
    if given.has("else"):
        case = Case(None, given.steps("else"))
    else:
        case = Case(given.any("is", required=True), given.steps("do"))
    given.nothing_else()
    return case


def _write_case(case: Case) -> Plain:
    steps = [asking.written(step) for step in case.steps]
    return {"else": steps} if case.values is None else {"is": case.values, "do": steps}
