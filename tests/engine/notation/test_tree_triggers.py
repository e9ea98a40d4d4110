"""What starts a definition: read, written, checked; and a graph that uses nothing new is stored as before."""

from dataclasses import replace

import pytest

from potok.engine import graph
from potok.engine.graph import Awaits, On, Surroundings, Trigger
from potok.engine.notation import tree
from potok.engine.time import Schedule
from potok.engine.values import CHOICE, EMAIL, NUMBER, Duration

HEAD = "definition: watch\n%sstart:\n  - %s\ndo:\n  - terminate: x\n"
WORLD = Surroundings(
    records={"crm.deal": {"stage": CHOICE, "amount": NUMBER}, graph.PERSON_FIELDS: {"email": EMAIL}},
    choices={("crm.deal", "stage"): frozenset({"NEW", "PAID"})},
)
WRITTEN = {
    "manual": Trigger(On.MANUAL),
    "manual: {by: group_d5}": Trigger(On.MANUAL, by=("group_d5",)),
    "manual: {by: [user_1, role_2], when: '{=Document:amount} > 5'}": Trigger(
        On.MANUAL, when="{=Document:amount} > 5", by=("user_1", "role_2")
    ),
    "created: {when: '{=Document:amount} > 5'}": Trigger(On.CREATED, when="{=Document:amount} > 5"),
    "left: {field: stage, value: NEW}": Trigger(On.LEFT, "stage", was="NEW"),
    "stayed: {field: stage, value: NEW, for: 3 days, working: true}": Trigger(
        On.STAYED, "stage", now="NEW", lasts=Duration(days=3), working=True
    ),
    "stayed: {field: stage, for: 2 hours}": Trigger(On.STAYED, "stage", lasts=Duration(seconds=7200)),
    "schedule: {at: [09:00, 18:30], days: [mon, fri], working: true}": Trigger(
        On.SCHEDULE, schedule=Schedule(at=("09:00", "18:30"), days=("mon", "fri"), working=True)
    ),
    "schedule: {at: 09:00, dates: [1, last]}": Trigger(On.SCHEDULE, schedule=Schedule(at=("09:00",), dates=(1, -1))),
    "schedule: {every: 2 hours}": Trigger(On.SCHEDULE, schedule=Schedule(every=120)),
    "schedule: {cron: 0 9 * * mon-fri}": Trigger(On.SCHEDULE, schedule=Schedule(cron="0 9 * * mon-fri")),
    "schedule: {once: 2026-12-01 10:00}": Trigger(On.SCHEDULE, schedule=Schedule(once="2026-12-01 10:00")),
    "message: {name: payment, where: {kind: card}, record: deal}": Trigger(
        On.MESSAGE, message=Awaits("payment", (("kind", "card"),), "deal")
    ),
}


def read(start: str, *, record: str = "crm.deal") -> tree.Tree:
    found = tree.read(HEAD % (f"record: {record}\n" if record else "", start))
    assert isinstance(found, tree.Tree)
    return found


@pytest.mark.parametrize("start", WRITTEN)
def test_a_trigger_is_read_written_and_kept(start: str) -> None:
    drawn = read(start)
    assert drawn.header.triggers == (WRITTEN[start],)
    assert tree.read(tree.write(drawn)) == drawn
    compiled = tree.compile(drawn, {}, WORLD)
    assert isinstance(compiled, graph.Graph)
    assert graph.decode(graph.encode(compiled)) == compiled


WRONG = {
    "manual: {by: []}": "tree.absent",
    "manual: {by: '{=Workflow:initiator}'}": "tree.start_by_formula",
    "manual: {by: warehouse}": "tree.not_a_person",
    "left: {field: stage}": "tree.absent",
    "left: {field: nope, value: NEW}": "tree.unknown_field",
    "left: {field: stage, value: WON}": "tree.unknown_choice",
    "stayed: {field: stage, for: 3 seconds}": "tree.stays_too_short",
    "stayed: {field: stage, for: soon}": "tree.stays_too_short",
    "stayed: {field: stage}": "tree.absent",
    "became": "tree.no_trigger",
    "schedule": "tree.no_trigger",
    "never": "tree.not_offered",
    "schedule: {at: 09:00, every: 2 hours}": "tree.schedule_ways",
    "schedule: {every: 2 days}": "tree.schedule_step",
    "schedule: {at: 25:00}": "time.wrong_clock",
    "schedule: {cron: x}": "time.wrong_cron",
    "schedule: {cron: 0 0 30 2 *}": "time.never",
    "schedule: {once: soon}": "tree.wrong_value",
    "schedule: {at: 09:00, days: [monday]}": "tree.not_offered",
    "schedule: {at: 09:00, dates: [32]}": "tree.not_offered",
    "message: {name: x}": "tree.message_record",
    "created: {when: '{=Variable:x}'}": "expr.unknown_name",
    "created: {when: '{=Before:nope} = 1'}": "expr.misspelt_name",
    "created: {when: '{=Change:when} = 1'}": "expr.misspelt_name",
    "created: {when: '{=Document:amount}'}": "tree.wrong_type",
    "created: {when: [x]}": "tree.condition",
}


@pytest.mark.parametrize("start", WRONG)
def test_what_is_wrong_with_a_trigger_is_told_with_its_line(start: str) -> None:
    found = tree.check(read(start), {}, WORLD)
    assert [each.code for each in found] == [WRONG[start]]
    assert {each.place.line for each in found} == {4}


@pytest.mark.parametrize("start", ["created", "stayed: {field: stage, for: 1 day}", "message: {name: x, record: y}"])
def test_what_watches_records_needs_a_record(start: str) -> None:
    assert [each.code for each in tree.check(read(start, record=""), {}, WORLD)] == ["tree.no_record"]


def test_a_condition_sees_the_record_before_and_after_and_who_changed_it() -> None:
    when = "'{=Before:amount} < {=Document:amount} and {=Change:by.email} <> {=Change:door}'"
    assert tree.check(read(f"created: {{when: {when}}}"), {}, WORLD) == []
    rows = "created: {when: {all: [{field: stage, value: PAID}, {field: amount, operator: greater, value: 5}]}}"
    compiled = tree.compile(read(rows), {}, WORLD)
    assert isinstance(compiled, graph.Graph)
    assert compiled.header.triggers[0].when == '({=Document:stage} = "PAID") and ({=Document:amount} > 5)'


def test_a_graph_with_none_of_the_new_triggers_is_stored_as_before() -> None:
    compiled = tree.compile(read("became: {field: stage, value: PAID}"), {}, WORLD)
    assert isinstance(compiled, graph.Graph)
    assert b'{"trigger":[{"on":["became"]},"stage",{"value":null},{"value":"PAID"}]}' in graph.encode(compiled)
    longer = replace(compiled.header.triggers[0], when="true")
    assert b'{"value":"PAID"},"true"]}' in graph.encode(
        replace(compiled, header=replace(compiled.header, triggers=(longer,)))
    )
