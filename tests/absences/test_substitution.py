"""Absence is substitution: what waits for somebody who is away goes to others, and what they leave comes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from potok.absences import operations, turning
from potok.absences.models import Passed
from potok.crm.activities import public as activities
from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice, Waiting
from potok.people.public import Person, absences, persons, standing_in
from potok.records.public import verbs
from potok.tasks import public as tasks
from tests.absences.conftest import Away, back
from tests.company import Company


def task(person: Person, by: Person, title: str = "Measure", **given: Any) -> tasks.Task:
    with opened(by.pk, door="screen") as call:
        return tasks.add(call, title=title, responsible=person.pk, **given)


def responsible(one: tasks.Task) -> int:
    return tasks.found(None, id=one.pk).responsible_id


def deputies(person: Person, *those: Person) -> None:
    with opened(person.pk, door="screen") as call:
        absences.set_deputies(call, person=person, deputies=those)


def test_a_task_goes_to_the_deputy_and_comes_back(company: Company, away: Away) -> None:
    deputies(company.bob, company.fay)
    one = task(company.bob, company.alice)
    away(company.bob)
    assert responsible(one) == company.fay.pk
    assert Notice.objects.filter(to=company.fay, text__contains="You stand in for Bob Petrov").exists()
    assert Waiting.objects.get(key=f"task:{one.pk}", closed_at=None).person_id == company.fay.pk
    back()
    assert responsible(one) == company.bob.pk
    assert Notice.objects.filter(to=company.bob, text__contains="is yours again").exists()


def test_without_a_deputy_the_head_stands_in_and_then_the_next_head(company: Company, away: Away) -> None:
    one = task(company.bob, company.dan)
    away(company.bob)
    assert responsible(one) == company.alice.pk
    away(company.alice)
    assert responsible(one) == company.dan.pk
    away(company.dan)
    assert responsible(one) == company.ann.pk, "an administrator, rather than nobody"
    back()
    assert responsible(one) == company.bob.pk


def test_the_deputy_of_this_time_goes_before_the_usual_one(company: Company, away: Away) -> None:
    deputies(company.bob, company.fay)
    one = task(company.bob, company.alice)
    away(company.bob, deputy=company.carol)
    assert responsible(one) == company.carol.pk


def test_what_is_new_goes_over_and_what_is_finished_stays(company: Company, away: Away) -> None:
    deputies(company.bob, company.fay)
    away(company.bob)
    one, other = task(company.bob, company.alice), task(company.bob, company.alice, "Draw")
    turning.serve()
    assert responsible(one) == responsible(other) == company.fay.pk
    with opened(company.fay.pk, door="screen") as call:
        tasks.complete(call, task=tasks.found(None, id=one.pk))
    back()
    assert (responsible(one), responsible(other)) == (company.fay.pk, company.bob.pk)


def test_whoever_stands_in_and_goes_away_too_keeps_nothing(company: Company, away: Away) -> None:
    deputies(company.bob, company.fay, company.carol)
    one = task(company.bob, company.alice)
    away(company.bob, until=4)
    away(company.fay, until=1)
    assert responsible(one) == company.carol.pk
    back(2)
    assert responsible(one) == company.carol.pk, "whoever has it goes on with it"
    assert Passed.objects.get(closed_at=None).owner == company.bob
    back(3)
    assert responsible(one) == company.bob.pk


def test_what_one_takes_back_stays_with_oneself(company: Company, away: Away) -> None:
    one = task(company.bob, company.dan)
    away(company.bob)
    row = Passed.objects.get(closed_at=None)
    with pytest.raises(Refused) as refused, opened(company.carol.pk, door="screen") as call:
        operations.take_back(call, passed=row)
    assert refused.value.code == "absences.nothing_passed"
    with opened(company.bob.pk, door="screen") as call:
        operations.take_back(call, passed=row)
    turning.serve()
    assert responsible(one) == company.bob.pk


def test_neither_repeating_nor_a_clock_set_back_does_anything_twice(company: Company, away: Away) -> None:
    one = task(company.bob, company.dan)
    gone = away(company.bob)
    assert turning.serve() == 0
    back()
    told = Notice.objects.count()
    clock.wind(timedelta(hours=-2))
    assert turning.serve() == 0
    gone.refresh_from_db()
    assert gone.ended_at is not None
    assert responsible(one) == company.bob.pk
    assert Notice.objects.count() == told


def test_an_absence_that_is_taken_back_or_cut_short_gives_everything_back(company: Company, away: Away) -> None:
    one = task(company.bob, company.dan)
    gone = away(company.bob)
    with opened(company.bob.pk, door="screen") as call:
        absences.cut_short(call, absence=gone)
    turning.serve()
    assert responsible(one) == company.bob.pk
    again = away(company.bob)
    with opened(None, door="start_up") as call:
        absences.remove(call, absence=again)
    turning.serve()
    assert responsible(one) == company.bob.pk


def test_what_somebody_leaves_behind_finds_an_owner(company: Company, away: Away) -> None:
    deputies(company.bob, company.fay)
    one, accept = task(company.bob, company.dan), task(company.carol, company.dan, controller=company.bob.pk)
    for_carol = task(company.carol, company.dan)
    away(company.carol, deputy=company.bob)
    assert responsible(for_carol) == company.bob.pk
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.bob)
    assert responsible(one) == company.fay.pk
    assert tasks.found(None, id=accept.pk).controller_id == company.fay.pk
    assert responsible(for_carol) not in (company.bob.pk, company.carol.pk)
    back()
    assert responsible(for_carol) == company.carol.pk


def test_nobody_from_outside_and_nobody_who_is_away_is_chosen(company: Company, away: Away) -> None:
    away(company.alice)
    chosen = standing_in.candidates([company.bob.pk], load={})[company.bob.pk]
    assert chosen[0] == company.dan.pk
    assert {company.eve.pk, company.alice.pk, company.bob.pk}.isdisjoint(chosen)


def test_a_planned_call_goes_over_and_comes_back(company: Company, away: Away) -> None:
    with opened(None, door="start_up") as call:
        values = {"title": "Call the client", "kind": activities.CALL, "responsible": company.bob.pk}
        row: Any = verbs["crm.activity"].add(call, values=values)
    away(company.bob)
    row.refresh_from_db()
    assert row.responsible_id == company.alice.pk
    back()
    row.refresh_from_db()
    assert row.responsible_id == company.bob.pk


def test_a_thing_that_cannot_go_delays_no_other(
    company: Company, away: Away, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, one = task(company.bob, company.dan, "Stuck"), task(company.bob, company.dan)
    work = standing_in.works["task"]

    def hand(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
        if any(each.id == stuck.pk for each in handings):
            raise ValueError("spoilt")
        return work.hand(call, handings, why)

    monkeypatch.setitem(standing_in.works._things, "task", replace(work, hand=hand))
    away(company.bob)
    assert (responsible(stuck), responsible(one)) == (company.bob.pk, company.alice.pk)
    monkeypatch.undo()
    turning.serve()
    assert responsible(stuck) == company.alice.pk
    monkeypatch.setitem(standing_in.works._things, "task", replace(work, hand=hand))
    back()
    assert (responsible(stuck), responsible(one)) == (company.alice.pk, company.bob.pk)
    monkeypatch.undo()
    turning.serve()
    assert responsible(stuck) == company.bob.pk, "what failed is tried again"
    assert "cannot be handed on" in caplog.text
