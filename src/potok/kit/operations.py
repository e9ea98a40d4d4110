"""Operations: every write has a public name, a permission and one body, whichever door it comes through.

    @operation("crm.deal.move", needs="crm.deal.edit", on="deal", many=keep_moves)
    def move(call: Call, *, deal: Deal, to: Stage) -> Move: ...

    deals.move(call, deal=deal, to=won)             # one: returns the answer or raises Refused
    deals.move.many([(call, {...}), ...])           # a list: answers or Refused, in order

With `many`, the function decides about one row and touches nothing, and `many` keeps all that was decided. Without it
the function acts itself, each call in a savepoint. Three laws, each a test over all operations: refuse before writing;
one row, one ask; the list is a loop.
"""

import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from potok.kit.calls import Call
from potok.kit.errors import OVERTAKEN, Defect, Refused
from potok.kit.events import judge_anew, savepoint
from potok.kit.permissions import Ask, Gate, permissions
from potok.kit.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D")
Row = tuple[Call, Mapping[str, Any]]
Kept = Callable[[Sequence[tuple[Call, Any]]], Sequence[Any]]

operations: Registry["Operation[..., Any]"] = Registry("operation")


def _closed(asks: Sequence[Ask]) -> Sequence[Refused | None]:
    raise Defect("no gate: the part `people` has not started")


class _Door:
    # The gate of all permissions that have none of their own; `people` puts it here at start-up.
    gate: Gate = staticmethod(_closed)


def guard_with(gate: Gate) -> None:
    """Let this gate decide about permissions from now on, as far as they have none of their own."""
    _Door.gate = staticmethod(gate)


@dataclass(frozen=True, eq=False)
class Operation(Generic[P, T]):
    """A write with a public name.

    `needs` is the permission, empty for what every signed-in person may do; `on` names the argument that is the
    record acted upon, whose `owners()` decide how far a permission reaches.
    """

    name: str
    needs: str
    one: Callable[..., Any]
    keep: Kept | None = None
    on: str = ""
    title: str = field(default="")

    def __call__(self, call: Call, /, *args: P.args, **given: P.kwargs) -> T:
        answer = self.many([(call, given)])[0]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def many(self, rows: Sequence[Row]) -> list[T | Refused]:
        """Carry out a list of asks: permission for all, then decide row by row, then keep all at once."""
        answers: list[Any] = list(self._judge(rows))
        open_places = [place for place, refused in enumerate(answers) if refused is None]
        carry = self._keep if self.keep else self._loop
        for place, answer in zip(open_places, carry([rows[place] for place in open_places]), strict=True):
            answers[place] = answer
        judge_anew()
        return answers

    def takes(self) -> dict[str, "Parameter"]:
        """Its parameters with their types, for doors and the reference."""
        hints = typing.get_type_hints(self.one)
        given = list(inspect.signature(self.one).parameters.values())[1:]
        return {p.name: Parameter(hints.get(p.name, Any), p.default is p.empty, p.default) for p in given}

    def _judge(self, rows: Sequence[Row]) -> Sequence[Refused | None]:
        asked = [place for place, (call, _) in enumerate(rows) if self.needs and call.by is not None]
        answers: list[Refused | None] = [None] * len(rows)
        if asked:
            judged = self._gate()([self._ask(*rows[place]) for place in asked])
            for place, refused in zip(asked, judged, strict=True):
                answers[place] = refused
        return answers

    def _gate(self) -> Gate:
        declared = permissions.get(self.needs)
        return declared.gate if declared and declared.gate else _Door.gate

    def _ask(self, call: Call, given: Mapping[str, Any]) -> Ask:
        thing = given[self.on] if self.on else None
        return Ask(call.by, self.needs, None if thing is None else tuple(thing.owners()), thing)

    def _loop(self, rows: Sequence[Row]) -> list[Any]:
        answers: list[Any] = []
        for call, given in rows:
            try:
                with savepoint():
                    answers.append(self.one(call, **given))
            except Refused as refused:
                answers.append(refused)
        return answers

    def _keep(self, rows: Sequence[Row]) -> list[Any]:
        answers: list[Any] = [None] * len(rows)
        decided: list[tuple[Call, Any]] = []
        places: list[int] = []
        seen: set[Any] = set()
        for place, (call, given) in enumerate(rows):
            try:
                what = self.one(call, **given)
                _claim(seen, getattr(what, "row", None))
            except Refused as refused:
                answers[place] = refused
                continue
            decided.append((call, what))
            places.append(place)
        if decided and self.keep:
            for place, kept in zip(places, self.keep(decided), strict=True):
                answers[place] = kept
        return answers


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a door must read before it can call."""

    type: Any
    required: bool
    default: Any


def _claim(seen: set[Any], row: Any) -> None:
    """One row, one ask: `UPDATE … FROM` would apply either of two changes of one row, in silence."""
    if row is None:
        return
    if row in seen:
        raise OVERTAKEN()
    seen.add(row)


@overload
def operation(
    name: str, *, needs: str, on: str = "", many: None = None
) -> Callable[[Callable[Concatenate[Call, P], T]], Operation[P, T]]: ...
@overload
def operation(
    name: str, *, needs: str, on: str = "", many: Callable[[Sequence[tuple[Call, D]]], Sequence[T | Refused]]
) -> Callable[[Callable[Concatenate[Call, P], D]], Operation[P, T]]: ...
def operation(name: str, *, needs: str, on: str = "", many: Any = None) -> Any:
    """Give a function a public name and a permission; see the module."""
    return lambda one: operations.add(name, Operation(name, needs, one, many, on, first_line(one)))


def first_line(thing: object) -> str:
    """The sentence that a docstring begins with."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]
