"""What the blocks of the simulation do, in operations and events of their own: a small world with the contract of the
large one. Who carries the operations out stands in `acts`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from potok.engine.values import NUMBER, TEXT
from potok.kit.errors import refusal
from potok.kit.events import Event, event, events
from potok.kit.operations import Operation
from potok.kit.queries import Query
from potok.processes.block import Block, Done, Outcome, Wait, block, blocks, param
from potok.processes.events import AssignmentAnswered
from potok.processes.world import World

NO = refusal("tests.simulation.refused", "The rules say no. Retry.")


class Fault(Exception):  # noqa: N818
    """A mistake in a block."""


if "tests.simulation.said" not in events:

    @event
    @dataclass(frozen=True, kw_only=True, slots=True)
    class Said(Event):
        """Somebody said a number on a topic."""

        name: ClassVar[str] = "tests.simulation.said"
        topic: int
        number: int


def _given(*args: object, **given: object) -> object:
    return given


ask = Operation[..., int]("simulation.ask", "", _given)
close = Operation[..., None]("simulation.close", "", _given)
count = Operation[..., None]("simulation.count", "", _given)
send = Operation[..., None]("simulation.send", "", _given)
act = Operation[..., None]("simulation.act", "", _given)
shatter = Operation[..., None]("simulation.break", "", _given)
counted = Query[..., int]("simulation.counted", _given)  # type: ignore[arg-type]
answered = Query[..., "list[tuple[int, str]]"]("simulation.answered", _given)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Asking:
    people: int = param("How many")
    all: bool = param("Everybody answers", default=False)
    seconds: int = param("At the longest", default=0)


async def _ask(given: Asking, world: World) -> Outcome:
    """Ask some people."""
    assignment = await world.do(ask, people=tuple(range(1, given.people + 1)), all=given.all)
    return _until_answered(assignment, given, world)


def _until_answered(assignment: int, given: Asking, world: World) -> Wait:
    until = world.at + timedelta(seconds=given.seconds) if given.seconds else None
    return Wait(AssignmentAnswered, {"assignment": assignment}, until=until, kept=assignment)


async def _after_asking(given: Asking, answer: AssignmentAnswered | None, world: World) -> Outcome:
    if answer is None:
        await world.do(close, assignment=world.kept)
        return Done({"answers": "late"})
    told = await world.ask(answered, assignment=answer.assignment)
    if given.all and any(not said for _, said in told):
        return Wait(AssignmentAnswered, {"assignment": answer.assignment}, kept=world.kept)
    await world.do(close, assignment=answer.assignment)
    return Done({"answers": ",".join(f"{person}{said}" for person, said in told if said)})


@dataclass(frozen=True)
class Nothing:
    pass


async def _count(_: Nothing, world: World) -> Outcome:
    """Add one to the record."""
    was = await world.ask(counted, record=world.record)
    await world.do(count, record=world.record, was=was)
    return Done()


@dataclass(frozen=True)
class Hearing:
    times: int = param("How many")


async def _hear(_: Hearing, world: World) -> Outcome:
    """Wait for numbers that are said."""
    await world.do(act)
    return Wait(Said, {"topic": world.call.cause.instance}, kept="")


async def _after_hearing(given: Hearing, said: Said, world: World) -> Outcome:
    heard = f"{world.kept}{said.number} "
    if len(heard.split()) < given.times:
        return Wait(Said, {"topic": said.topic}, kept=heard)
    return Done({"heard": heard.strip()})


async def _send(_: Nothing, world: World) -> Outcome:
    """Send something outside."""
    await world.do(send)
    return Done()


@dataclass(frozen=True)
class Failing:
    how: str = param("How")


async def _fail(given: Failing, world: World) -> Outcome:
    """Fail."""
    if given.how == "refused":
        raise NO()
    await world.do(act)
    if given.how == "spoilt":
        raise Fault
    await world.do(shatter)
    return Done()


def declare() -> None:
    """Register the blocks, once."""
    if "simulation_ask" in blocks:
        return
    block(Block("simulation_ask", "Ask", "tests", Asking, _ask, _after_asking, {"answers": TEXT},
                (AssignmentAnswered,)))  # fmt: skip
    block(Block("simulation_count", "Count", "tests", Nothing, _count))
    block(Block("simulation_hear", "Hear", "tests", Hearing, _hear, _after_hearing, {"heard": TEXT}, (Said,)))
    block(Block("simulation_send", "Send", "tests", Nothing, _send, results={"n": NUMBER}))
    block(Block("simulation_fail", "Fail", "tests", Failing, _fail))
