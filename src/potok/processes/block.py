"""What a block is: its parameters as a dataclass, what it gives, how it behaves. Everything else is derived from this.

@dataclass(frozen=True)
class Params:
    title: str = param(_("Title"), help=_("What is to be done, in the imperative."))
    responsible: People = param(_("Responsible"))

async def perform(ask: Params, world: World) -> Outcome: ...

give = block(Block(name="give", title=_("Give a task"), group="tasks", params=Params, perform=perform))
"""

import dataclasses
import inspect
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from potok.engine import graph
from potok.engine.graph import AskedField
from potok.engine.values import PersonRef, Type, Value
from potok.kit.calls import Call
from potok.kit.errors import Defect
from potok.kit.events import Event
from potok.kit.registry import Registry
from potok.processes import kinds, listening

People: TypeAlias = tuple[PersonRef | str, ...]
Fields: TypeAlias = Mapping[str, Value]
Form: TypeAlias = tuple[AskedField, ...]
Answers: TypeAlias = Mapping[str, Mapping[str, Value]]  # by name: its title, tone, comment and needs, see `forms`


@dataclass(frozen=True, slots=True)
class Done:
    """The block is done and gives these results."""

    results: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """The block waits for an event whose values match, until `until` at the longest.

    `kept` comes back in `world.kept`: what must not change meanwhile.
    """

    event: type[Event]
    where: Mapping[str, Value]
    until: datetime | None = None
    kept: Value = None


Outcome: TypeAlias = Done | Wait
Behaviour: TypeAlias = Callable[..., Awaitable[Outcome]]
Needs: TypeAlias = tuple[str, ...] | Callable[[graph.Header], tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Block:
    """One thing in the palette.

    `resume` is given what happened, or None when the time ran out; a block with it may wait. `awaits` names the events
    it may wait for. `needs` are the permissions that its operations ask for: whoever publishes a definition that acts
    as the system must hold them; `needs_when` names those that only a filled parameter asks for. `known_as` gives its
    names in foreign notations, `serves` what it does for a notation of ours that puts it into a process by itself.
    `pretend` makes happen in a trial what the block waits for, given the values of its `Wait`; assignments are answered
    without it. With a `successor`, named as in Bitrix24, it works on and is offered as one to be replaced.
    """

    name: str
    title: str
    group: str
    params: type
    perform: Behaviour
    resume: Behaviour | None = None
    results: graph.Results | Callable[[graph.FormFields], graph.Results] = field(default_factory=dict)
    awaits: tuple[type[Event], ...] = ()
    needs: Needs = ()
    needs_when: Mapping[str, str] = field(default_factory=dict)
    known_as: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    serves: str = ""
    pretend: Callable[[Call, Mapping[str, Any]], None] | None = None
    successor: str = ""

    def face(self) -> graph.Face:
        """Describe the block to the compiler."""
        described = {name: kinds.described(each) for name, each in kinds.parameters(self.params).items()}
        return graph.Face(
            self.name, described, self.results, waits=self.resume is not None, title=self.title, serves=self.serves
        )

    def rights(self, header: graph.Header, *, filled: Collection[str] = ()) -> tuple[str, ...]:
        """Name the permissions that the block uses in a definition with this header, with these parameters filled."""
        always = self.needs(header) if callable(self.needs) else self.needs
        return (*always, *(right for name, right in self.needs_when.items() if name in filled))


blocks: Registry[Block] = Registry("block")


def block(declared: Block) -> Block:
    """Register a block; its help is the docstring of the module that declares it."""
    module = inspect.getmodule(declared.perform)
    told = dataclasses.replace(declared, help=inspect.getdoc(module) or "")
    if told.resume is not None and not told.awaits:
        raise Defect(f"block {told.name} can be resumed but names no event that it awaits")
    for event in told.awaits:
        listening.hear(event)
    return blocks.add(told.name, told)


def param(title: str, *, help: str = "", default: Any = dataclasses.MISSING, choices: Mapping[str, str] | None = None,
          type: Type | None = None, ends: bool = False) -> Any:  # fmt: skip
    """Declare a parameter: its label, its help, its default. Without a default it is required.

    Its kind follows from the annotation; `type` narrows it where Python has no type for it; `choices` labels a Literal.
    With `ends` it is a deadline: a date given for it means the end of its day in the zone of the definition.
    """
    told = {"title": title, "help": help, "choices": dict(choices or {}), "type": type, "ends": ends}
    if isinstance(default, dict | list):
        raise Defect("the default of a parameter is immutable")
    return dataclasses.field(default=default, metadata=told)


def catalogue() -> graph.Catalogue:
    """All blocks as the compiler is told of them."""
    return {name: each.face() for name, each in blocks.all().items()}
