"""All that a block sees: who asks and when, and two verbs that ask for one thing at a time.

`do` and `ask` are requests, not calls: whoever drives the block (see `rounds`) gathers the requests of a whole batch
and sends each its answer, or throws its own `Refused`. Real, dry and notebook differ only in who answers.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from potok.engine.values import RecordRef, Value
from potok.kit.calls import Call
from potok.kit.operations import Operation
from potok.kit.queries import Query

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Request:
    """One thing that somebody asked for; awaiting it gives the answer."""

    what: Operation[..., Any] | Query[..., Any]
    call: Call
    given: Mapping[str, Any]

    def __await__(self) -> Generator["Request", Any, Any]:
        return (yield self)


@dataclass(slots=True, eq=False)
class World:
    """What a block may know and ask for while it performs.

    `record` is what the instance is about and `url` its page, `initiator` who started it, `process` and `node` what
    people call the definition and what the definition calls the step, `kept` what the block put by when it began to
    wait. `acted` counts what was done: a block that fails after that has to be undone.
    """

    call: Call
    record: RecordRef | None = None
    url: str = ""
    initiator: int | None = None
    process: str = ""
    node: str = ""
    kept: Value = None
    acted: int = 0

    @property
    def at(self) -> datetime:
        return self.call.at

    def about(self) -> dict[str, Any]:
        """The record as notices and letters name it."""
        named = {"record_type": self.record.type, "record_id": self.record.id} if self.record else {}
        return {"url": self.url, **named}

    async def do(self, what: Operation[P, T], /, *args: P.args, **given: P.kwargs) -> T:
        """Carry out an operation; its key is the step's, and which of its requests this is."""
        call = self.call.under(f"{self.call.key}:{self.acted}")
        done: T = await Request(what, call, given)
        self.acted += 1
        return done

    async def ask(self, what: Query[P, T], /, *args: P.args, **given: P.kwargs) -> T:
        """Ask a question. The answer holds for this round: whoever writes on the strength of it names what he saw."""
        answer: T = await Request(what, self.call, given)
        return answer
