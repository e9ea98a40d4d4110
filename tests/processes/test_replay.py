"""An instance lived again from its journal alone comes to what is stored of it, or the first difference is told."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from potok.crm.deals.public import Deal
from potok.engine import run
from potok.engine.run import Ask, CalendarOf, Entry, FieldOf, GlobalOf, Named, Unknown
from potok.engine.time import WorkingTime
from potok.engine.values import Money, PersonRef, RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Missing
from potok.people.public import persons
from potok.processes import commands, replay, told, worker
from potok.processes.folding import Difference
from potok.processes.models import Assignment, Definition, Instance, Journal, LocalValues, Variables
from potok.processes.operations import assignments, definitions, repair
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

SOURCE = """
definition: retold
title: Retold
record: crm.deal
variables:
  sum: {type: number, default: 5}
  text: {type: text}
  due: {type: moment}
constants:
  rate: {type: number, default: 2}
do:
  - set:
      sum: '={=Variable:sum} * {=Constant:rate} + strlen({=Document:title})'
      text: '{=Document:responsible > printable}, {=Document:responsible.email}'
      due: '=addworkdays({=System:Now}, 3)'
  - id: word
    each: [red, blue]
    do:
      - {id: asked, block: approve, with: {to: user_WHO, title: '{=word:item}'}}
      - set: {text: '{=Variable:text} {=word:item}'}
  - pause: {for: 2 days}
  - set: {sum: '={=Variable:sum} + {=Constant:rate}'}
  - {block: approve, with: {to: user_WHO, title: 'Last, {=Variable:sum}'}}
"""


@pytest.fixture
def retold(company: Company, publish: Publish) -> Definition:
    return publish(SOURCE.replace("WHO", str(company.bob.pk)))


@pytest.fixture
def begun(retold: Definition, begin: Begin, deal: Deal) -> Instance:
    return begin(retold, record=deal.ref)


def answer(company: Company) -> None:
    with opened(company.bob.pk, door="screen") as call:
        found = Assignment.objects.filter(status="open").order_by("pk")[0]
        assignments.complete(call, assignment=found, answer="approved")
    worker.run_until_idle()


def difference(instance: Instance) -> Difference | None:
    folded = replay.fold(instance.pk)
    assert folded is not None
    return folded.difference


def test_what_changed_in_the_world_since_does_not_matter(
    company: Company, retold: Definition, begun: Instance, deal: Deal
) -> None:
    answer(company)
    with opened(company.ann.pk, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"title": "Another, longer title"})
        definitions.set_constant(call, definition=retold, name="rate", value=7)
        persons.change(call, person=company.bob, surname="Other")
        repair.assign(call, instance=begun, given={"sum": "40"})
    answer(company)
    clock.wind(timedelta(days=3))
    worker.run_until_idle()
    folded = replay.fold(begun.pk)
    assert folded is not None
    assert folded.difference is None
    assert folded.values["Variable"]["sum"] == 47
    assert folded.state is not None
    assert folded.state.status is run.Status.WAITING


def _state(instance: Instance) -> None:
    stored = json.loads(bytes(instance.state))
    stored[2] += 1
    Instance.objects.filter(pk=instance.pk).update(state=json.dumps(stored, separators=(",", ":")).encode())


def _value(instance: Instance) -> None:
    Variables.objects.filter(pk=instance.pk).update(data=b'{"Variable":{"sum":{"n":"6"}}}')


def _item(instance: Instance) -> None:
    LocalValues.objects.filter(instance=instance).update(data=b"{}")


def _version(instance: Instance) -> None:
    Instance.objects.filter(pk=instance.pk).update(version=_other().version_id)


def _other() -> Definition:
    with opened(None, door="start_up") as call:
        source = "definition: other\ntitle: Other\ndo:\n  - {block: status_text, with: {text: Hello}}\n"
        return definitions.publish(call, source=source).definition


def _entry(instance: Instance) -> None:
    _rewrite(instance, entries=lambda kept: kept.replace('"started"', '"stopped"'))


def _less(instance: Instance) -> None:
    _rewrite(instance, entries=lambda kept: json.dumps(json.loads(kept)[:-1]))


def _answer(instance: Instance) -> None:
    _rewrite(instance, told=lambda kept: json.dumps([each for each in json.loads(kept) if each[0] != "looked"]))


def _nonsense(instance: Instance) -> None:
    _rewrite(instance, told=lambda kept: kept.replace('"began"', '"bygone"'))


def _nothing(instance: Instance) -> None:
    _rewrite(instance, told=lambda kept: "")


def _first(instance: Instance) -> None:
    Journal.objects.filter(instance_id=instance.pk, number=1).delete()


def _last(instance: Instance) -> None:
    Instance.objects.filter(pk=instance.pk).update(lines=2)


def _rewrite(instance: Instance, **columns: Callable[[str], str]) -> None:
    line = Journal.objects.get(instance_id=instance.pk, number=1)
    changed = {name: change(getattr(line, name)) for name, change in columns.items()}
    Journal.objects.filter(instance_id=instance.pk, number=1).update(**changed)


SPOILT = {
    "the state was changed": (_state, "state", "its journal leads to"),
    "a value was changed": (_value, "values", "“Variable:due”"),
    "the values of an item were changed": (_item, "values", "word:"),
    "the version was changed": (_version, "version", "follows version"),
    "an entry was changed": (_entry, "entries", "Line 1 says [\"stopped\","),
    "an entry was taken away": (_less, "entries", "Line 1 says"),
    "an answer was taken away": (_answer, "unanswered", "has no answer"),
    "what was told was changed": (_nonsense, "broken", "cannot be told again"),
}  # fmt: skip
GAPS = {
    "it was not kept yet what was told": (_nothing, "unrecorded", "before that was kept"),
    "the first line was dropped": (_first, "incomplete", "Line 1 of the journal is not kept"),
    "the last line is missing": (_last, "incomplete", "Line 2 of the journal is not kept"),
}


@pytest.mark.parametrize(("spoil", "code", "words"), (SPOILT | GAPS).values(), ids=(SPOILT | GAPS).keys())
def test_the_first_difference_is_told_in_words(
    begun: Instance, spoil: Callable[[Instance], None], code: str, words: str
) -> None:
    assert difference(begun) is None
    spoil(begun)
    found = difference(begun)
    begun.delete()
    assert found is not None
    assert (found.code, found.is_gap) == (code, code in ("unrecorded", "incomplete"))
    with override("en"):
        assert words in found.sentence()


def test_the_command_tells_what_differs_and_exits_with_one(begun: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    with override("en"):
        assert commands.replay_(all=True) == 0
        assert capsys.readouterr().out == "Replayed: 1, without enough in the journal: 0, wrong: 0.\n"
        _value(begun)
        assert commands.replay_(begun.pk) == 1
        assert f"{begun.pk}: “Variable:due” is null" in capsys.readouterr().out
        _nothing(begun)
        assert commands.replay_(all=True) == 0
        assert capsys.readouterr().out == "Replayed: 1, without enough in the journal: 1, wrong: 0.\n"
        with pytest.raises(Missing):
            commands.replay_(begun.pk + 1)
    begun.delete()


AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PERSON = PersonRef(7)
HAPPENED: list[run.Event] = [
    run.Performed(3, {"sum": Decimal("1.50"), "who": PERSON}),
    run.Waiting(3),
    run.Waiting(3, "crm.deal.won", {"deal": 5}, AT, (1, "two", None)),
    run.Happened(3, {"paid": Money(Decimal(10), "EUR"), "on": date(2026, 3, 1)}),
    run.TimerFired(3),
    run.FieldMoved(3),
    run.ChildEnded(3, {"done": True}),
    run.Failed(3, "tests.no", {"title": "x"}, "No"),
    run.Escalated(3, "late"),
    run.Retried(3),
    run.Skipped(3),
    run.Moved(3, 0),
    run.Assigned({"sum": Decimal(2), "none": None}),
    run.Continued(),
    run.Terminated(),
    run.Terminated("Not needed"),
]
LOOKED: dict[Ask, Any] = {
    FieldOf(RecordRef("crm.deal", 5), "title"): "Pump house",
    FieldOf(RecordRef("crm.deal", 5), "sum"): None,
    FieldOf(PERSON, ""): "Bob",
    GlobalOf("GlobalVar", "rate"): Decimal("0.2"),
    CalendarOf(None): WorkingTime("Europe/Moscow", country="RU", exceptions=((date(2026, 3, 2), ((540, 600),)),)),
    CalendarOf(PERSON): WorkingTime(absences=((AT, AT + timedelta(days=2)),)),
}


@pytest.mark.parametrize("event", HAPPENED, ids=lambda event: type(event).__name__)
def test_an_event_is_read_as_it_was_written(event: run.Event) -> None:
    kept = told.Told()
    kept.happened(event, ())
    (item,) = json.loads(json.dumps(kept.all()))
    assert told.event(item, ()) == event


def test_every_event_is_tried() -> None:
    assert {type(event) for event in HAPPENED} == set(told.EVENTS.values())


def test_what_a_block_gave_is_kept_once() -> None:
    kept, event = told.Told(), HAPPENED[0]
    entry = told.with_results(Entry("performed", 3, 1), event)
    kept.happened(event, [entry])
    assert kept.all() == [["performed", 3]]
    assert told.event(["performed", 3], [entry]) == event


def test_answers_are_read_as_they_were_given() -> None:
    kept = told.Told()
    kept.looked(LOOKED)
    assert kept.all() == []
    kept.lent[Named("Constant", "rate")] = Decimal(2)
    kept.happened(run.Continued(), ())
    items = json.loads(json.dumps(kept.all()))
    read: dict[Ask, Any] = {ask: value for item in items[:-1] for ask, value in told.looked(item).items()}
    assert read == {**LOOKED, Named("Constant", "rate"): Decimal(2)}


def test_what_is_unknown_stays_unknown() -> None:
    kept, ask = told.Told(), FieldOf(PERSON, "email")
    kept.looked({ask: Unknown("processes.person_gone", person=7, why=[1])})
    kept.happened(run.Continued(), ())
    found = told.looked(json.loads(json.dumps(kept.all()))[0])[ask]
    assert (found.code, found.fields) == ("processes.person_gone", {"person": 7, "why": "[1]"})
