"""The notebook world: a block performs without a database, and the answers come from its case."""

import re
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from potok.engine import time, values
from potok.engine.graph import AskedField, ParamKind
from potok.engine.values import FileRef, PersonRef, RecordRef, Type, coerce
from potok.kit.calls import INSTANCE, Call, Cause
from potok.kit.errors import Refused, refusals
from potok.kit.operations import Operation
from potok.processes import kinds
from potok.processes.block import Block
from potok.processes.climbing import Climbed
from potok.processes.facts import Answer
from potok.processes.rounds import What, rounds
from potok.processes.world import Request, World

AT = datetime(2030, 1, 1, 9, tzinfo=UTC)
CALL = Call(by=None, at=AT, key="1:1", cause=Cause(INSTANCE, 1, 1, "case"), on_behalf=5)


@dataclass
class Notebook:
    """What a case answers, and what the block did."""

    answers: list[Any]
    done: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def hands(self, what: What, asked: Sequence[Request]) -> list[Any]:
        return [self._answer(what, request) for request in asked]

    def _answer(self, what: What, request: Request) -> Any:
        if what.name == "people.resolve":
            return [_person(code) for code in request.given["whom"]]
        if isinstance(what, Operation):
            self.done.append((what.name, plain(dict(request.given))))
        given = self.answers.pop(0) if self.answers else 1
        if isinstance(given, dict) and "refused" in given:
            assert given["refused"] in refusals(), f"nobody refuses with {given['refused']}"
            return Refused(given["refused"], "no")
        if what.name == "processes.answers":
            return [Answer(one["person"], one.get("answer", ""), one.get("comment", ""),
                           {name: values.decode(value) for name, value in one.get("values", {}).items()})
                    for one in given]  # fmt: skip
        if what.name == "processes.assignment.climb":
            return Climbed(**given)
        if what.name == "processes.assignment.next_rung" and isinstance(given, str):
            return datetime.fromisoformat(given)
        return given if what.name.startswith(("processes.", "people.")) else SimpleNamespace(pk=given)


def _person(code: str) -> int:
    """A case knows people by their numbers; a head is a hundred higher than his people."""
    number = int(re.findall(r"\d+", code)[0])
    return number + 100 if code.startswith("head_of_") else number


def run(block: Block, case: Mapping[str, Any]) -> tuple[Any, Notebook]:
    """Perform a case: what the block answered, or the refusal it ended with, and what it did."""
    notebook = Notebook(list(case.get("answers", [])))
    ask, world = read(block, case.get("given") or {}), world_of(case)
    life = _life(block, ask, world, case)
    return rounds({0: life}, hands=notebook.hands)[0], notebook


def world_of(case: Mapping[str, Any]) -> World:
    record = None if case.get("record") is False else RecordRef("crm.deal", 3)
    return World(CALL, record=record, url="/deals/3/", initiator=5, process="Case", node="step", kept=case.get("kept"))


def _life(block: Block, ask: Any, world: World, case: Mapping[str, Any]) -> Coroutine[Any, Any, Any]:
    if "after" not in case:
        return block.perform(ask, world)  # type: ignore[return-value]
    assert block.resume is not None
    return block.resume(ask, _event(block, case["after"]), world)  # type: ignore[return-value]


def _event(block: Block, after: Mapping[str, Any] | str) -> Any:
    if after == "its time":
        return None
    assert isinstance(after, Mapping)
    named = {cls.__name__: cls for cls in block.awaits}
    fields = {name: value for name, value in after.items() if name != "event"}
    return named[after["event"]](call=CALL, **fields)


def read(block: Block, given: Mapping[str, Any]) -> Any:
    """Make the parameters of what a case says plainly: people by number, moments as text, forms by name."""
    declared = kinds.parameters(block.params)
    return block.params(**{name: _value(declared[name], value) for name, value in given.items()})


def _value(parameter: kinds.Parameter, value: Any) -> Any:
    if parameter.kind is ParamKind.PEOPLE:
        return tuple(PersonRef(each) for each in (value if isinstance(value, list) else [value]))
    if parameter.kind is ParamKind.FORM:
        return tuple(
            AskedField(
                name,
                Type(said.get("type", "text")),
                said.get("title", ""),
                "",
                said.get("required", False),
                (),
                None,
                None,
            )
            for name, said in value.items()
        )
    if parameter.type == values.PERSON and isinstance(value, int):
        return PersonRef(value)
    if parameter.type == values.many(values.FILE):
        return tuple(FileRef(each) for each in value)
    if parameter.type == values.DURATION and isinstance(value, str):
        return time.read(value)
    if parameter.kind is ParamKind.VALUE:
        return coerce(tuple(value) if isinstance(value, list) else value, parameter.type)
    return value


def plain(value: Any) -> Any:
    """See values as a case writes them."""
    match value:
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case PersonRef(id=number):
            return number
        case RecordRef(type=type, id=number):
            return f"{type} {number}"
        case datetime():
            return values.encode(value)["at"]
        case SimpleNamespace():
            return value.pk
    return value
