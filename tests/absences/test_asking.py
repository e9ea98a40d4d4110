"""Somebody asks to be away, his head decides; who may know what of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from potok.absences import operations, turning
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice, Waiting
from potok.people import public as people
from potok.people.public import Absence, Person, absences
from tests.absences.conftest import Away, back
from tests.company import Company

Ask = Callable[..., Absence]


@pytest.fixture
def ask(company: Company) -> Ask:
    def asks(person: Person, by: Person | None = None, **given: Any) -> Absence:
        now = clock.now()
        asked = {"begins_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1), **given}
        with opened((by or person).pk, door="screen") as call:
            return absences.ask(call, person=person, **asked)

    return asks


def decide(one: Absence, by: Person, *, approved: bool = True) -> Absence:
    with opened(by.pk, door="screen") as call:
        return absences.decide(call, absence=one, approved=approved, comment="Well")


def test_what_is_asked_for_waits_for_the_head_and_counts_once_approved(company: Company, ask: Ask) -> None:
    one = ask(company.bob)
    turning.serve()
    assert Waiting.objects.get(key=f"absence:{one.pk}").person_id == company.alice.pk
    assert people.absent(persons=[company.bob.pk], at=clock.now()) == []
    decide(one, company.alice)
    assert people.absent(persons=[company.bob.pk], at=clock.now()) == [company.bob.pk]
    assert not Waiting.objects.filter(key=f"absence:{one.pk}", closed_at=None).exists()
    assert "Approved: Vacation" in Notice.objects.get(to=company.bob).text


def test_what_is_declined_keeps_nobody_away(company: Company, ask: Ask) -> None:
    one = decide(ask(company.bob), company.alice, approved=False)
    turning.serve()
    assert one.status == "declined"
    assert people.absent(persons=[company.bob.pk], at=clock.now()) == []
    assert Notice.objects.get(to=company.bob).text.endswith(". Well")


def test_whoever_has_no_head_asks_nobody(company: Company, ask: Ask) -> None:
    assert ask(company.dan).status == "approved"


def test_while_the_head_is_away_the_next_one_is_asked(company: Company, ask: Ask, away: Away) -> None:
    away(company.alice)
    one = ask(company.bob)
    turning.serve()
    assert Waiting.objects.get(key=f"absence:{one.pk}", closed_at=None).person_id == company.dan.pk


@pytest.mark.parametrize("who", ["bob", "carol", "fay", "eve"])
def test_nobody_but_heads_decides_least_of_all_oneself(company: Company, ask: Ask, who: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(ask(company.bob), getattr(company, who))
    assert refused.value.code == "people.absence.not_to_decide"


def test_it_is_decided_once(company: Company, ask: Ask) -> None:
    one = ask(company.bob)
    decide(one, company.alice)
    with pytest.raises(Refused) as refused:
        decide(one, company.dan, approved=False)
    assert refused.value.code == "people.absence.decided"


def test_what_is_withdrawn_waits_for_nobody(company: Company, ask: Ask) -> None:
    one = ask(company.bob)
    with opened(company.bob.pk, door="screen") as call:
        absences.withdraw(call, absence=one)
    assert not Absence.objects.exists()
    assert not Waiting.objects.filter(closed_at=None).exists()


def test_a_stranger_asks_withdraws_ends_and_names_deputies_for_nobody(company: Company, ask: Ask, away: Away) -> None:
    one, gone = ask(company.bob), away(company.bob)
    acts: list[Callable[..., object]] = [
        lambda call: absences.ask(call, person=company.bob, begins_at=call.at, ends_at=later(call.at)),
        lambda call: absences.withdraw(call, absence=one),
        lambda call: absences.cut_short(call, absence=gone),
        lambda call: absences.set_deputies(call, person=company.bob, deputies=[company.carol]),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused, opened(company.carol.pk, door="screen") as call:
            act(call)
        assert refused.value.code == "people.not_yours"


def later(at: datetime) -> datetime:
    return at + timedelta(hours=1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "holiday"}, "people.absence.wrong_kind"),
        ({"ends_at": datetime.fromisoformat("2020-01-01T00:00Z")}, "people.absence.ends_early"),
        ({"ends_at": datetime.fromisoformat("2199-01-01T00:00Z")}, "people.absence.too_long"),
    ],
)
def test_what_makes_no_sense_is_refused(company: Company, ask: Ask, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(company.bob, **given)
    assert refused.value.code == code


def test_nobody_stands_in_for_himself(company: Company, ask: Ask) -> None:
    with pytest.raises(Refused) as refused:
        ask(company.bob, deputy=company.bob)
    assert refused.value.code == "people.deputy.wrong"


def test_what_does_not_go_on_is_not_ended(company: Company, away: Away) -> None:
    gone = away(company.bob, since=1, until=2)
    with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
        absences.cut_short(call, absence=gone)
    assert refused.value.code == "people.absence.not_away"


def test_what_a_process_notes_is_for_whoever_enters_absences(company: Company) -> None:
    now = clock.now()
    given: dict[str, Any] = {"begins_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    with pytest.raises(Refused) as refused, opened(company.carol.pk, door="screen") as call:
        operations.note(call, person=company.bob.pk, **given)
    assert refused.value.code == "kit.forbidden"
    with opened(None, door="start_up") as call:
        operations.note(call, person=company.bob.pk, **given, whereabouts="Kazan")
    assert Absence.objects.get().whereabouts == "Kazan"


def test_a_request_goes_over_to_one_who_may_decide_and_comes_back(company: Company, ask: Ask, away: Away) -> None:
    with opened(company.alice.pk, door="screen") as call:
        absences.set_deputies(call, person=company.alice, deputies=[company.carol])
    one = ask(company.bob)

    def waits_for() -> int:
        return Waiting.objects.get(key=f"absence:{one.pk}", closed_at=None).person_id

    away(company.alice)
    assert waits_for() == company.dan.pk, "the deputy heads nobody"
    back()
    assert waits_for() == company.alice.pk
