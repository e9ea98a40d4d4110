"""Timers, messages, conditions, races; and what comes late."""

from datetime import UTC, datetime, timedelta

import pytest

from potok.engine import run
from tests.engine.run.machine import MONDAY, Machine, compiled

SAY = "{{id: {0}, block: status_text, with: {{text: x}}}}"


def lived(do: str, **given: object) -> Machine:
    return Machine(compiled(do), **given).start()  # type: ignore[arg-type]


PAUSES = {
    "so long from now": ("{for: 2 days}", MONDAY + timedelta(days=2)),
    "for as long as a formula says": ("{until: '=dateadd({=System:Now}, 3 & \" hours\")'}", MONDAY + timedelta(hours=3)),  # noqa: E501
    "until a day begins in the zone": ("{until: '{=Document:closes_on}'}", datetime(2026, 11, 29, 21, tzinfo=UTC)),
    "so long before a moment": ("{until: '{=Document:closes_on}', before: 1 day}", datetime(2026, 11, 28, 21, tzinfo=UTC)),  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize("case", PAUSES)
def test_a_pause_ends(case: str) -> None:
    written, due = PAUSES[case]
    machine = lived(f"- pause: {written}", record={"closes_on": datetime(2026, 11, 30).date()})  # noqa: DTZ001
    assert machine.last(run.SetTimer).due == due
    assert machine.status is run.Status.WAITING


def test_a_timer_never_fires_early_nor_twice() -> None:
    machine = lived("- pause: {for: 2 days}\n- " + SAY.format("a"))
    token = machine.last(run.SetTimer).token
    before = machine.state
    assert machine.wait(days=1).tell(run.TimerFired(token)) == []
    assert machine.state == before
    machine.wait(days=1).tell(run.TimerFired(token))
    after = machine.state
    assert machine.done == ["a"]
    assert machine.tell(run.TimerFired(token)) == []
    assert machine.state == after


def test_a_moment_in_the_past_is_no_wait() -> None:
    machine = lived("- pause: {until: '{=Document:closes_on}'}", record={"closes_on": MONDAY.date()})
    assert machine.status is run.Status.COMPLETED


def test_a_timer_moves_with_its_field() -> None:
    machine = lived("- pause: {until: '{=Document:closes_on}'}", record={"closes_on": datetime(2026, 12, 1).date()})  # noqa: DTZ001
    timer = machine.last(run.SetTimer)
    assert timer.watches == ("closes_on",)
    assert machine.tell(run.FieldMoved(timer.token)) == []
    machine.record["closes_on"] = datetime(2026, 12, 5).date()  # noqa: DTZ001
    assert machine.tell(run.FieldMoved(timer.token)) == [
        run.SetTimer(timer.token, datetime(2026, 12, 4, 21, tzinfo=UTC), ("closes_on",))
    ]
    machine.record["closes_on"] = MONDAY.date()
    machine.tell(run.FieldMoved(timer.token))
    assert run.CancelTimer(timer.token) in machine.effects
    assert machine.status is run.Status.COMPLETED


def test_an_emptied_date_asks_an_operator() -> None:
    machine = lived("- pause: {until: '{=Document:closes_on}'}", record={"closes_on": datetime(2026, 12, 1).date()})  # noqa: DTZ001
    token = machine.last(run.SetTimer).token
    machine.record["closes_on"] = None
    machine.tell(run.FieldMoved(token))
    assert machine.last(run.Fail).code == "run.no_moment"
    machine.record["closes_on"] = datetime(2026, 12, 2).date()  # noqa: DTZ001
    machine.tell(run.Retried(token))
    assert machine.last(run.SetTimer).due == datetime(2026, 12, 1, 21, tzinfo=UTC)


def test_a_pause_beyond_the_calendar_asks_an_operator() -> None:
    machine = lived(
        "- pause: {until: '{=Document:closes_on}', before: 9999 years}", record={"closes_on": MONDAY.date()}
    )
    assert machine.last(run.Fail).code == "run.no_moment"


def test_a_message_is_awaited_by_its_values() -> None:
    machine = lived("- wait: {message: paid, where: {deal: '{=Document:id}'}}", record={"id": 5})
    listen = machine.last(run.Listen)
    assert (listen.event, listen.where) == ("paid", {"deal": 5})
    assert machine.tell(run.Happened(listen.token)) == [
        run.Unlisten(listen.token),
        run.Finish("completed", results={"n": 0}),
    ]


def test_a_condition_is_asked_at_once_and_at_each_change() -> None:
    do = "- wait: {when: {field: stage, value: WON}}"
    assert lived(do, record={"stage": "WON"}).status is run.Status.COMPLETED
    machine = lived(do, record={"stage": "NEW"})
    listen = machine.last(run.Listen)
    assert listen.watches == ("stage",)
    before = machine.state
    assert machine.tell(run.FieldMoved(listen.token)) == []
    assert machine.state == before
    machine.record["stage"] = "WON"
    machine.tell(run.FieldMoved(listen.token))
    assert machine.status is run.Status.COMPLETED


RACE = f"""
- race:
    - {{pause: {{for: 3 days}}, do: [{SAY.format("late")}]}}
    - {{id: asked, block: approve, with: {{to: user_7, title: x}}, do: [{SAY.format("answered")}]}}
    - {{wait: {{message: cancelled}}}}
- {SAY.format("after")}
"""


def test_of_a_race_exactly_one_branch_is_done() -> None:
    machine = lived(RACE, waits=frozenset({"asked"}))
    timer, (asked, cancelled) = machine.last(run.SetTimer), machine.asked(run.Listen)
    machine.tell(run.Happened(asked.token, {"approved": True}))
    assert machine.done == ["asked", "answered", "after"]
    assert run.CancelTimer(timer.token) in machine.effects
    assert run.Unlisten(cancelled.token) in machine.effects
    over = machine.state
    for event in (run.TimerFired(timer.token), run.Happened(asked.token), run.Happened(cancelled.token)):
        assert machine.wait(days=9).tell(event) == []
    assert machine.state == over


def test_the_losers_of_a_race_are_withdrawn() -> None:
    machine = lived(RACE, waits=frozenset({"asked"}))
    asked = machine.asked(run.Listen)[0].token
    machine.wait(days=3).tell(run.TimerFired(machine.last(run.SetTimer).token))
    assert machine.done == ["asked", "late", "after"]
    assert [run.Unlisten(asked), run.Withdraw(asked, machine.graph.node("asked"))] == [
        effect for effect in machine.effects if getattr(effect, "token", 0) == asked and not hasattr(effect, "where")
    ][1:]


def test_an_event_that_comes_at_once_leaves_the_others_unbegun() -> None:
    machine = lived(RACE)
    assert machine.done == ["asked", "answered", "after"]
    assert not machine.asked(run.Listen)


def test_a_process_in_a_lost_race_is_ended() -> None:
    machine = lived("- race: [{run: contract-check, with: {limit: 1}}, {pause: {for: 1 day}}]")
    machine.wait(days=1).tell(run.TimerFired(machine.last(run.SetTimer).token))
    assert run.EndProcess(machine.last(run.CallProcess).token) in machine.effects


def test_scopes_within_a_lost_race_are_given_up_too() -> None:
    inner = "{parallel: [{do: [{pause: {for: 1 day}}]}, {do: [{wait: {message: m}}]}]}"
    machine = lived(f"- {{parallel: [{{do: [{inner}]}}, {{do: [{{pause: {{for: 1 hour}}}}]}}], needs: first}}")
    machine.wait(hours=1).tell(run.TimerFired(machine.last(run.SetTimer).token))
    assert machine.status is run.Status.COMPLETED
    assert run.State.decode(machine.state).scopes == ()
    assert run.Unlisten(machine.last(run.Listen).token) in machine.effects
