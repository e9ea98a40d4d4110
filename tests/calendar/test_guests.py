"""Guests of events: asked once, each answers for himself, a thousand at the most."""

import pytest

from potok.calendar import inviting
from potok.calendar.public import Event, Guest
from potok.calendar.web import entries
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice, Waiting
from potok.people.public import Person
from tests.calendar.conftest import Add, browser
from tests.company import Company


def invite(event: Event, by: Person, *persons: Person) -> list[int]:
    with opened(by.pk, door="screen") as call:
        return inviting.invite(call, event=event, persons=[one.pk for one in persons])


def answer(event: Event, by: Person, *, accepts: bool) -> None:
    with opened(by.pk, door="screen") as call:
        inviting.answer(call, event=event, accepts=accepts)


def stands(event: Event, person: Person) -> bool:
    found = entries.between(person.pk, event.begins_at, event.ends_at, by=person.pk)
    return any(one.title == event.title for one in found)


def test_a_guest_is_asked_once_and_the_event_stands_with_him_until_he_declines(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, title="Council")
    assert invite(event, firm_of.bob, firm_of.alice, firm_of.bob) == [firm_of.alice.pk]
    assert invite(event, firm_of.bob, firm_of.alice) == []
    assert Notice.objects.filter(to=firm_of.alice, text__contains="invites you").count() == 1
    assert stands(event, firm_of.alice)
    answer(event, firm_of.alice, accepts=True)
    assert not Waiting.objects.filter(person=firm_of.alice, closed_at=None).exists()
    assert stands(event, firm_of.alice)
    answer(event, firm_of.alice, accepts=False)
    assert not stands(event, firm_of.alice)
    assert Guest.objects.get().answer == "declined"


def test_who_is_not_invited_any_more_finds_it_no_longer(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, title="Council")
    invite(event, firm_of.bob, firm_of.carol)
    assert browser(firm_of.carol).get(f"/calendar/{event.pk}/").status_code == 200
    invite(event, firm_of.bob)
    assert browser(firm_of.carol).get(f"/calendar/{event.pk}/").status_code == 404
    assert not Waiting.objects.filter(person=firm_of.carol, closed_at=None).exists()


def test_a_stranger_invites_nobody_and_answers_nothing(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob)
    with pytest.raises(Refused) as refused:
        invite(event, firm_of.carol, firm_of.carol)
    assert refused.value.code == "calendar.event.not_yours"
    with pytest.raises(Refused) as refused:
        answer(event, firm_of.carol, accepts=True)
    assert refused.value.code == "calendar.event.not_invited"


def test_more_than_a_thousand_are_refused(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob)
    with pytest.raises(Refused) as refused, opened(firm_of.bob.pk, door="screen") as call:
        inviting.invite(call, event=event, persons=range(1_000_000, 1_001_001))
    assert refused.value.code == "calendar.event.too_many_guests"


def test_whoever_has_something_else_is_shown_as_busy(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob)
    add(person=firm_of.alice.pk, repeats="weekly")
    assert inviting.busy(event, [firm_of.alice.pk, firm_of.carol.pk]) == {firm_of.alice.pk}
    invite(event, firm_of.bob, firm_of.alice)
    assert "busy then" in browser(firm_of.bob).get(f"/calendar/{event.pk}/").content.decode()


def test_the_form_invites_and_the_card_answers(firm_of: Company, add: Add) -> None:
    day = f"{add().begins_on:%Y-%m-%d}"
    asked = {"title": "Plan", "day": day, "hour": "12:00", "repeats": "weekly", "guests": [firm_of.alice.pk]}
    assert browser(firm_of.bob).post("/calendar/new", asked).status_code < 300
    event = Event.objects.get(title="Plan")
    assert event.repeats == "weekly"
    shown = browser(firm_of.alice).get("/inbox/?kind=invitation").content.decode()
    assert "Do not take part" in shown
    browser(firm_of.alice).post(f"/calendar/{event.pk}/answer", {"answer": "accept"})
    assert Guest.objects.get().answer == "accepted"
    browser(firm_of.bob).post(f"/calendar/{event.pk}/skip", {"on": day})
    event.refresh_from_db()
    assert [f"{one}" for one in event.skipped] == [day]


@pytest.mark.parametrize("month", ["2026-02-01", "2026-11-30", "2027-12-31"])
def test_a_month_is_whole_weeks(firm_of: Company, month: str) -> None:
    shown = browser(firm_of.bob).get(f"/calendar/?view=month&day={month}").content.decode()
    assert shown.count('class="month-day') % 7 == 0
