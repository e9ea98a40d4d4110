"""A tree on its way to a graph: the sketch, what is known by name at this point, and everything found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from potok.engine import expr
from potok.engine.graph import (
    PERSON_FIELDS,
    Called,
    Catalogue,
    Face,
    Fixed,
    FormField,
    Formula,
    Kind,
    Payload,
    Results,
    Sketch,
    Surroundings,
)
from potok.engine.notation.tree.source import Path
from potok.engine.notation.tree.steps import Step, Tree, walk
from potok.engine.problems import Declared, Place, Problem, _, problem
from potok.engine.values import ANY, NUMBER, PERSON, TEXT, Type, fits, many

Ends: TypeAlias = list[int]  # nodes whose next way out leads to whatever is drawn next

# `ID`, `TemplateId` and `Template:TargetUser` are what Bitrix24 calls the first, its definition and its initiator.
WORKFLOW: Mapping[str, Type] = {"id": NUMBER, "title": TEXT, "initiator": PERSON, "ID": NUMBER, "TemplateId": NUMBER}
WHO: Mapping[str, Type] = {"ID": PERSON}
STARTER: Mapping[str, Type] = {"TargetUser": PERSON}

LATER = problem(
    "tree.later_result",
    _("“{reference}” is the result of a step that comes later."),
    hint=_("Move the step up, or use a variable."),
)
PASSING = problem(
    "tree.passing_result",
    _("“{reference}” is a result of one pass of a list, and here are all of them."),
    hint=_("Keep it under “gives:” of the list, or in a variable."),
)
WRONG_TYPE = problem("tree.wrong_type", _("A {wanted} is wanted here, and this gives a {given}."))
AFTER_END = problem(
    "tree.unreachable",
    _("The process never comes to this step."),
    hint=_("The step before ends it: remove one of them."),
)
EMPTY = problem("tree.empty_branch", _("Nothing is done here."), hint=_("Add a step, or remove the branch."))


class Draft:
    """Constructs draw on it, one after another, in the order they are written."""

    def __init__(self, tree: Tree, *, catalogue: Catalogue, surroundings: Surroundings) -> None:
        self.tree = tree
        self.header = tree.header
        self.catalogue = catalogue
        self.surroundings = surroundings
        self.sketch = Sketch(tree.header)
        self.problems: list[Problem] = []
        self.results: dict[str, Results] = {}
        self.seen: dict[str, None] = {}  # in order, so that hints are the same in every process
        self.read: set[str] = set()  # variables that some formula refers to
        self.filled: set[str] = set()  # variables that some form fills in
        self.passing: set[str] = set()  # steps whose results only their own pass of a list knows
        self._frames: list[tuple[int, dict[str, Ends]]] = []
        self.blurred = set(tree.unread)  # steps of which nobody knows what they give: anything
        self.cast: dict[str, Sequence[Fixed | Formula]] = {}  # the people of each role
        self.variables: dict[str, Type] = {each.name: each.type for each in tree.header.variables}

    def place(self, path: Path) -> Place:
        """Find the line of a path, or of the nearest thing around it."""
        known = path
        while known and known not in self.tree.marks:
            known = known[:-1]
        return Place(path, *self.tree.marks.get(known, (0, 0)))

    def complain(self, declared: Declared, path: Path, **fields: object) -> None:
        """Note a problem, unless reading complained of the same place."""
        if path not in self.tree.faulty:
            self.problems.append(declared.at(self.place(path), **fields))

    def nested(self, found: Sequence[Problem], path: Path) -> None:
        """Take over complaints about what stands at a path."""
        if path not in self.tree.faulty:
            place = self.place(path)
            self.problems += [each.inside(*path, line=place.line, column=place.column) for each in found]

    # Drawing.

    def add(self, step: Step, kind: Kind, *, after: Ends, part: str = "", payload: Payload | None = None) -> int:
        """Add a node behind loose ends; `part` tells apart the nodes of one construct."""
        name = f"{step.name}.{part}" if part else step.name
        node = self.sketch.add(kind, name=name, title="" if part else step.title, payload=payload)
        self.link(after, to=node)
        return node

    def link(self, ends: Ends, *, to: int) -> None:
        for end in ends:
            self.sketch.flow(end, to=to)

    def sequence(self, steps: Sequence[Step], *, after: Ends, path: Path) -> Ends:
        """Draw steps one behind another."""
        if not steps and not self._unread(path):
            self.complain(EMPTY, path)
        ends, dead = after, False
        for step in steps:
            if step.off:
                self.see(list(walk([step])))
                continue
            if not ends and not dead:
                self.complain(AFTER_END, step.place)
                dead = True
            ends = self.saved(step, after=step.compile(self, after=ends))
            self.see([step])
        return ends

    def _unread(self, path: Path) -> bool:
        """Tell whether steps are missing at a path because they could not be read."""
        return any(each == path[:-1] or each[: len(path)] == path for each in self.tree.faulty)

    def branch(self, step: Step, steps: Sequence[Step], *, after: int, path: Path, part: str) -> Ends:
        """Draw one of several ways out of a node. One that does nothing is a node of its own: the order in which ways
        are drawn is the order of the ways."""
        ends = self.sequence(steps, after=[after], path=path)
        return [self.add(step, Kind.MERGE, after=ends, part=part)] if ends == [after] else ends

    def saved(self, step: Step, *, after: Ends) -> Ends:
        """Commit behind a step, if it asks for that."""
        return [self.add(step, Kind.SAVE, after=after, part="saved")] if step.save_point and after else after

    # Leaving before the end.

    @contextmanager
    def leaving(self, *words: str) -> Iterator[Mapping[str, Ends]]:
        """Collect what `stop` leads to the end of a branch, out of a loop or to its next pass."""
        frame: dict[str, Ends] = {word: [] for word in words}
        self._frames.append((self.sketch.current, frame))
        yield frame
        self._frames.pop()

    def stop(self, what: str, node: int) -> bool:
        """Lead a node to the nearest exit of this kind; False if there is none in the scope."""
        for scope, frame in reversed(self._frames):
            if what in frame:
                frame[what].append(node)
                return scope == self.sketch.current
        return False

    # What is known by now.

    @contextmanager
    def local(self, steps: Sequence[Step]) -> Iterator[None]:
        """Forget the results of these steps afterwards: each pass has its own."""
        yield
        for step in steps:
            self.seen.pop(step.id, None)
            self.passing.add(step.id)

    def see(self, steps: Sequence[Step]) -> None:
        """Let the results of these steps be referred to from here on."""
        self.seen.update((step.id, None) for step in steps if step.id)

    def merged(self, step: Step, ends: Ends, *, part: str) -> Ends:
        """Bring several loose ends together: a join counts its ways in, so that each branch must be one."""
        return ends if len(ends) < 2 else [self.add(step, Kind.MERGE, after=ends, part=part)]

    # Names and types.

    def face(self, block: str) -> Face | None:
        return self.catalogue.get(block)

    def waits(self, step: Step) -> bool:
        """Tell whether a step may hold the process up."""
        return step.holds(self)

    def happens(self, step: Step) -> bool:
        """Tell whether a step is an event, which may be waited for beside others."""
        return step.happens(self)

    def called(self, definition: str) -> Called | None:
        """Give what is known of a definition, of this one what it says now; None when there is no such."""
        if definition == self.header.definition:
            results = {name: self.variables[name] for name in self.header.results if name in self.variables}
            return Called(self.header.parameters, results, self.header.record)
        return self.surroundings.definitions.get(definition)

    def fields(self, record: str) -> Mapping[str, Type]:
        return self.surroundings.records.get(record, {})

    def shared(self, name: str) -> Type | None:
        """Give the type of a global variable; None when there is no such."""
        return self.surroundings.shared.get("GlobalVar", {}).get(name)

    def declare(self, field: FormField) -> Type:
        """Make the variable that keeps an answer, unless it is declared; give the type it is declared with."""
        self.filled.add(field.name)
        return self.variables.setdefault(field.name, field.type)

    def types(self, reference: expr.Reference) -> Type | None:
        """Give the type of a reference; None for what does not exist."""
        if reference.source in self.blurred:
            return ANY
        first, *rest = reference.path
        found = self._of(reference.source).get(first)
        for name in rest:
            found = self.linked(found, name) if found else None
        return found

    def known(self) -> list[str]:
        """List what may be referred to, for hints."""
        sources = ("Document", "Variable", "Template", "Constant", "Workflow", "GlobalVar", "GlobalConst", "User")
        return [f"{source}:{name}" for source in (*sources, *self.seen) for name in self._of(source)]

    def check(self, formula: expr.Expression | expr.Template, *, wanted: Type | None, path: Path) -> bool:
        """Check a formula, and that it gives what is wanted; complain otherwise."""
        given, found = expr.check(formula, self.types, known=self.known(), fields=self.linked)
        self.nested(found, path)
        self.read.update(each.path[0] for each in formula.references if each.source == "Variable")
        late = {reference.source for reference in formula.references} & (self.results.keys() - self.seen.keys())
        for reference in formula.references:
            if reference.source in late:
                self.complain(PASSING if reference.source in self.passing else LATER, path, reference=str(reference))
        if not found and wanted and not fits(given, wanted):
            self.complain(WRONG_TYPE, path, wanted=str(wanted), given=str(given))
            return False
        return not found and not late

    def _of(self, source: str) -> Mapping[str, Type]:
        match source:
            case "Document":
                return self.fields(self.header.record)
            case "Variable":
                return self.variables
            case "Template":
                return {**STARTER, **{each.name: each.type for each in self.header.parameters}}
            case "Constant":
                return {each.name: each.type for each in self.header.constants}
            case "Workflow":
                return WORKFLOW
            case "GlobalVar" | "GlobalConst":
                return self.surroundings.shared.get(source, {})
            case "User":
                return {**self.fields(PERSON_FIELDS), **WHO}
        return self.results.get(source, {})

    def linked(self, type: Type, name: str) -> Type | None:
        """Tell the type of a field of what a value links to; None for what does not exist."""
        target = PERSON_FIELDS if type.kind == "person" else type.of if type.kind == "record" else ""
        found = self.fields(target).get(name) if target else None
        return many(found) if found and type.multiple else found
