"""What goes wrong, what is reported upward, and what is undone."""

import pytest

from potok.engine import run
from tests.engine.run.drawing import (
    Event,
    Piece,
    assign,
    call,
    catch,
    choice,
    do,
    drawn,
    each,
    fork,
    loop,
    message,
    pause,
    scope,
    throw,
)
from tests.engine.run.machine import Machine
from tests.engine.run.test_lists import variable
from tests.engine.run.test_scopes import happens, is_over

ERROR = Event(catch("error"), leaves=True, after=[do("mend", text="{=catch:code}: {=catch:message} ({=catch:step})")])


def lived(*pieces: Piece, waits: str = "", caller: int | None = None, **given: object) -> Machine:
    machine = Machine(drawn(*pieces), waits=frozenset(waits.split()), **given)  # type: ignore[arg-type]
    machine.store[run.Named("Workflow", "caller")] = caller
    return machine.start()


def mended(machine: Machine) -> str:
    return str(machine.last(run.Perform).params["text"])


def test_a_block_that_fails_goes_to_what_catches() -> None:
    assert lived(scope(do("a"), events=[ERROR]), do("after")).done == ["a", "after"]
    machine = lived(scope(do("a"), do("never"), events=[ERROR]), do("after"), waits="a")
    fails(machine, "mail.refused", "The mailbox is full.")
    assert machine.done == ["a", "mend", "after"]
    assert mended_of(machine) == "mail.refused: The mailbox is full. (a)"
    assert machine.asked(run.Fail) == []
    assert is_over(machine)


def fails(machine: Machine, code: str, text: str) -> None:
    """Let the waiting block be resumed, and fail."""
    token = machine.last(run.Perform).token
    step = machine.advance(run.Happened(token))
    assert isinstance(step, run.Step)
    machine.state = step.state.encode()
    machine.tell(run.Failed(token, code, {}, text))


def mended_of(machine: Machine) -> str:
    return next(str(ask.params["text"]) for ask in machine.asked(run.Perform) if "text" in ask.params)


def test_what_a_block_that_waited_left_behind_is_taken_back_when_it_fails() -> None:
    machine = lived(scope(do("a"), events=[ERROR]), waits="a")
    token = machine.last(run.Perform).token
    fails(machine, "mail.refused", "")
    assert run.Withdraw(token, machine.graph.node("a")) in machine.effects
    assert run.Unlisten(token) in machine.effects


def test_a_formula_that_fails_is_an_error_too_and_says_what_is_wrong() -> None:
    machine = lived(scope(assign(n="=1 / 0"), events=[ERROR]))
    assert mended(machine).endswith("(assign)")
    assert mended(machine).startswith("expr.")
    assert is_over(machine)


def test_without_a_fitting_catch_a_failing_step_waits_for_an_operator() -> None:
    other = Event(catch("error", "another"), leaves=True)
    machine = lived(scope(assign(n="=1 / 0"), events=[other]))
    assert machine.last(run.Fail).code.startswith("expr.")
    assert machine.status is run.Status.STUCK


def test_an_error_interrupts_everything_beside_it() -> None:
    machine = lived(scope(fork([do("a")], [throw("bad", text="so bad")]), events=[ERROR]), waits="a")
    assert mended(machine) == "bad: so bad (throw.bad)"
    assert machine.asked(run.Withdraw)
    assert is_over(machine)


@pytest.mark.parametrize(("code", "by"), [("near", "inner"), ("far", "outer"), ("odd", "all")])
def test_the_nearest_scope_that_knows_the_code_catches_it(code: str, by: str) -> None:
    piece: Piece = throw(code)
    for name, codes in [("inner", ["near"]), ("outer", ["near", "far"]), ("all", [])]:
        piece = scope(piece, name=f"s.{name}", events=[Event(catch("error", *codes), leaves=True, after=[do(name)])])
    assert lived(piece).done == [by]


def test_an_error_that_nobody_catches_ends_a_called_process() -> None:
    machine = lived(throw("paper.torn", text="Torn."), caller=7)
    assert machine.last(run.Finish) == run.Finish("failed", "Torn.", {}, "paper.torn")
    assert machine.status is run.Status.TERMINATED


def test_in_a_process_nobody_called_it_waits_for_an_operator_who_may_skip_it() -> None:
    machine = lived(throw("paper.torn", text="Torn."), do("after"))
    fail = machine.last(run.Fail)
    assert (fail.code, fail.fields) == ("run.thrown", {"code": "paper.torn", "text": "Torn."})
    machine.tell(run.Skipped(fail.token))
    assert machine.done == ["after"]


def test_an_error_of_a_called_process_is_caught_where_it_was_called() -> None:
    machine = lived(scope(call("child"), events=[ERROR]))
    machine.tell(run.Failed(machine.last(run.CallProcess).token, "paper.torn", {}, "Torn."))
    assert mended(machine) == "paper.torn: Torn. (child)"
    assert machine.asked(run.EndProcess) == []
    assert is_over(machine)


def test_an_endless_loop_is_not_caught() -> None:
    machine = lived(scope(loop("true", assign(n="={=Variable:n} + 1")), events=[ERROR]), budget=50)
    assert machine.last(run.Fail).code == "run.endless"


def test_to_skip_the_beginning_of_a_part_is_to_go_past_it() -> None:
    torn = each("=1 / 0", do("never"), events=[Event(catch("compensation", name="undoing"), [do("undo")])])
    machine = lived(torn, do("after"))
    machine.tell(run.Skipped(machine.last(run.Fail).token))
    assert machine.done == ["after"]
    assert is_over(machine)


def test_past_the_beginning_of_parallel_branches_there_is_no_way() -> None:
    machine = lived(loop("{=Variable:n} < 300", assign(n="={=Variable:n} + 1"), fork([do("a")], [do("b")])), budget=6)
    while machine.status is run.Status.STUCK:
        machine.tell(run.Skipped(machine.last(run.Fail).token))
    assert is_over(machine)


def test_an_escalation_is_heard_and_the_thrower_goes_on() -> None:
    heard = Event(catch("escalation"), [do("hear", text="{=catch:code} {=catch:message}")])
    machine = lived(scope(throw("late", what="escalation", text="Two days."), do("a"), events=[heard]), do("b"))
    assert sorted(machine.done) == ["a", "b", "hear"]
    assert machine.done[-1] == "b"
    assert mended_of(machine) == "late Two days."
    assert is_over(machine)


def test_an_escalation_may_interrupt() -> None:
    heard = Event(catch("escalation", "late"), leaves=True, after=[do("hear")])
    machine = lived(scope(throw("late", what="escalation"), do("never"), events=[heard]), do("b"))
    assert machine.done == ["hear", "b"]
    assert is_over(machine)


def test_an_escalation_nobody_hears_goes_to_whoever_called_the_process() -> None:
    machine = lived(throw("late", what="escalation", text="Two days."), do("a"))
    assert machine.last(run.Escalate) == run.Escalate("late", "Two days.")
    assert machine.done == ["a"]
    caller = lived(scope(call("child"), events=[Event(catch("escalation"), [do("hear")])]), do("after"))
    token = caller.last(run.CallProcess).token
    caller.tell(run.Escalated(token, "late", "Two days."))
    assert caller.done == ["hear"]
    caller.tell(run.ChildEnded(token))
    assert caller.done == ["hear", "after"]


def undoable(name: str, *body: Piece, undo: Piece | None = None) -> Piece:
    handler = Event(catch("compensation", name="undoing"), [undo or do(f"undo.{name}")])
    return scope(*(body or (do(name),)), name=f"part.{name}", events=[handler])


def compensate(name: str = "") -> Piece:
    return throw(f"part.{name}" if name else "", what="compensation")


def test_what_is_done_is_undone_the_last_first() -> None:
    machine = lived(undoable("hotel"), undoable("flight"), undoable("car"), compensate(), do("after"))
    assert machine.done == ["hotel", "flight", "car", "undo.car", "undo.flight", "undo.hotel", "after"]
    assert is_over(machine)


def test_one_compensation_waits_for_the_other() -> None:
    machine = lived(undoable("hotel"), undoable("flight"), compensate(), waits="undo.flight")
    assert machine.done[-1] == "undo.flight"
    happens(machine, "undo.flight")
    assert machine.done[-1] == "undo.hotel"
    assert is_over(machine)


def test_one_part_may_be_undone_alone_and_nothing_twice() -> None:
    machine = lived(undoable("hotel"), undoable("flight"), compensate("hotel"), compensate(), compensate())
    assert machine.done == ["hotel", "flight", "undo.hotel", "undo.flight"]


def test_what_is_not_done_is_not_undone() -> None:
    machine = lived(fork([undoable("hotel")], [pause(), compensate()]), waits="hotel")
    happens(machine, "pause")
    assert machine.done == ["hotel"]
    happens(machine, "hotel")
    assert is_over(machine)


def test_what_was_done_inside_a_torn_part_is_undone_from_around() -> None:
    attempt = scope(
        undoable("hotel"),
        undoable("flight"),
        throw("sold.out"),
        events=[Event(catch("error"), leaves=True, after=[compensate(), do("sorry")])],
    )
    machine = lived(attempt, do("after"))
    assert machine.done == ["hotel", "flight", "undo.flight", "undo.hotel", "sorry", "after"]
    assert is_over(machine)


def test_a_part_with_a_handler_of_its_own_speaks_for_what_is_within() -> None:
    machine = lived(undoable("trip", undoable("hotel"), undoable("flight")), compensate())
    assert machine.done == ["hotel", "flight", "undo.trip"]


def test_an_error_while_something_is_undone_goes_to_those_around() -> None:
    bad = undoable("hotel", undo=throw("bad"))
    machine = lived(scope(bad, compensate(), do("never"), events=[ERROR]))
    assert mended(machine) == "bad:  (throw.bad)"
    assert is_over(machine)


def test_interrupting_the_thrower_stops_what_is_being_undone() -> None:
    stopped = Event(message("stop"), leaves=True)
    machine = lived(scope(undoable("hotel"), compensate(), do("never"), events=[stopped]), waits="undo.hotel")
    happens(machine, "stop")
    assert machine.done == ["hotel", "undo.hotel"]
    assert is_over(machine)


def test_what_was_done_for_an_item_is_undone_for_that_item_only() -> None:
    torn = choice(('{=each:item} = "b"', [compensate()]), (None, []))
    machine = lived(
        each("={=Document:items}", undoable("hotel", undo=assign(all="=merge({=Variable:all}, {=each:item})")), torn),
        compensate(),
        record={"items": ("a", "b", "c")},
    )
    assert variable(machine, "all") == ("b",)
    assert is_over(machine)
