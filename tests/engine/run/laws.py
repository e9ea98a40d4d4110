"""What must hold of every life, whatever was drawn and in whichever order events came (engine.md §8)."""

from collections.abc import Iterable, Sequence

from potok.engine import run
from tests.engine.run.machine import Machine


def is_over_and_leaves_nothing(machine: Machine) -> None:
    state = run.State.decode(machine.state)
    assert state.status is run.Status.COMPLETED
    assert (state.tokens, state.scopes, state.arrivals, state.done) == ((), (), (), ())
    assert [type(effect) for effect in machine.effects].count(run.Finish) == 1


def takes_back_what_did_not_happen(machine: Machine, told: Iterable[run.Event]) -> None:
    """Hold of a life that is over: each wait, timer and called process is done or withdrawn."""
    told = tuple(told)
    fired = {event.token for event in told if isinstance(event, run.TimerFired)}
    ended = {event.token for event in told if isinstance(event, run.ChildEnded)}
    called = {call.token for call in machine.asked(run.CallProcess) if call.wait}
    assert _tokens(machine, run.Listen) == _tokens(machine, run.Unlisten)
    assert _tokens(machine, run.SetTimer) == _tokens(machine, run.CancelTimer) | fired
    assert called == _tokens(machine, run.EndProcess) | ended


def _tokens(machine: Machine, kind: type[run.Effect]) -> set[int]:
    return {effect.token for effect in machine.asked(kind)}  # type: ignore[union-attr]


def lets_go_of_what_is_withdrawn(machine: Machine) -> None:
    gone: set[int] = set()
    for entry in machine.journal:
        assert entry.token not in gone, entry
        if entry.what == "withdrawn":
            gone.add(entry.token)
    keys = [effect.key for effect in machine.asked(run.Perform)]
    assert len(keys) == len(set(keys))


STRANGERS: Sequence[run.Event] = tuple(
    kind(token)
    for kind in (
        run.Happened, run.TimerFired, run.ChildEnded, run.Performed, run.Waiting, run.FieldMoved, run.Retried,
        run.Skipped,
    )
    for token in (0, 10_000)
)  # fmt: skip
UNMEANT = (*STRANGERS, run.Failed(0, "x"), run.Escalated(0, "x"), run.Moved(0, 0), run.Assigned({"x": 1}))


def overhears(machine: Machine, told: Iterable[run.Event]) -> None:
    """Hold of a life at rest: what it was told before, or was never meant to hear, changes no byte."""
    for event in (*told, *UNMEANT, run.Continued()):
        before = machine.state
        assert machine.tell(event) == []
        assert machine.state == before


def is_what_its_bytes_say(machine: Machine) -> None:
    assert run.State.decode(machine.state).encode() == machine.state


def relived(machine: Machine, told: Iterable[run.Event], **record: str) -> Machine:
    """Let a new life hear the same, with these fields of the record by then."""
    machine.start()
    for event in told:
        machine.record.update(record)
        machine.wait(days=3).tell(event)
    return machine


def goes_as(machine: Machine, other: Machine) -> None:
    assert (machine.state, machine.journal) == (other.state, other.journal)


def goes_on_in_parts_as(machine: Machine, other: Machine) -> None:
    """A loop without end is told from a long way by the budget, so there the two may part."""
    if not any(effect.code == "run.endless" for effect in machine.asked(run.Fail)):
        goes_as(machine, other)


def dies_at_once(machine: Machine) -> None:
    machine.wait(days=1).tell(run.Terminated("enough"))
    state = run.State.decode(machine.state)
    assert (state.tokens, state.scopes, state.arrivals, state.done) == ((), (), (), ())
    assert machine.tell(run.Terminated("again")) == []
