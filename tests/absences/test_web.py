"""Absences on the screen: the chart, asking, deciding, who stands in."""

from datetime import timedelta

import pytest
from django.test import Client

from potok.absences.models import Passed
from potok.absences.web import form
from potok.kit import clock
from potok.kit.errors import Refused
from potok.people.public import Absence, Deputy, Person
from potok.tasks import public as tasks
from tests.absences.conftest import Away
from tests.absences.test_substitution import task
from tests.company import Company


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


def page(person: Person, url: str) -> str:
    answer = browser(person).get(url)
    assert answer.status_code == 200, answer.content[:300]
    return str(answer.content.decode())


def test_colleagues_see_that_somebody_is_away_and_heads_see_why(company: Company, away: Away) -> None:
    away(company.bob, kind="sick", until=30, note="Flu")
    one = Absence.objects.get()
    assert "Sick leave" in page(company.bob, "/absences/")
    shown = page(company.alice, f"/absences/?department={company.sales.pk}")
    assert f"/absences/{one.pk}/" in shown
    assert "Sick leave," in shown
    stranger = page(company.carol, "/absences/")
    assert "Away," in stranger
    assert "Sick leave," not in stranger
    assert "Flu" in page(company.alice, f"/absences/{one.pk}/")
    assert browser(company.carol).get(f"/absences/{one.pk}/").status_code == 404


@pytest.mark.parametrize("month", ["", "yesterday", "0001-01", "9999-12", "2026-13"])
def test_an_address_that_makes_no_sense_shows_this_month(company: Company, month: str) -> None:
    assert "Bob Petrov" in page(company.bob, f"/absences/?month={month}&department=x")


@pytest.mark.parametrize("url", ["/absences/", "/absences/mine", "/absences/new"])
def test_people_from_outside_see_nothing_of_it(company: Company, url: str) -> None:
    assert browser(company.eve).get(url).status_code == 403


def test_one_asks_and_the_head_approves_from_the_inbox(company: Company) -> None:
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    asked = {"kind": "vacation", "from": day, "to": day, "note": "<b>Sea</b>", "deputy": company.fay.pk}
    assert browser(company.bob).post("/absences/new", asked).status_code < 300
    one = Absence.objects.get()
    assert (one.status, one.deputy_id) == ("asked", company.fay.pk)
    shown = page(company.alice, f"/inbox/?at=absence:{one.pk}")
    assert "&lt;b&gt;Sea" in shown
    assert "Approve" in shown
    assert "Approve</button>" not in page(company.bob, f"/absences/{one.pk}/")
    browser(company.alice).post(f"/absences/{one.pk}/decision", {"answer": "approve"})
    one.refresh_from_db()
    assert (one.status, one.decided_by_id) == ("approved", company.alice.pk)


def test_deputies_are_kept_in_order_and_a_thing_is_taken_back(company: Company, away: Away) -> None:
    bob = browser(company.bob)
    bob.post("/absences/deputies", {"deputies": [company.fay.pk, company.carol.pk]})
    assert [one.deputy for one in Deputy.objects.filter(person=company.bob)] == [company.fay, company.carol]
    one = task(company.bob, company.alice)
    away(company.bob)
    assert "Measure" in page(company.bob, "/absences/mine")
    assert "Measure" in page(company.fay, "/absences/mine")
    row = Passed.objects.get()
    assert browser(company.carol).post(f"/absences/passed/{row.pk}/return").status_code == 409
    bob.post(f"/absences/passed/{row.pk}/return")
    assert tasks.found(None, id=one.pk).responsible_id == company.bob.pk


def test_an_absence_without_days_is_refused_beside_its_field(company: Company) -> None:
    answer = browser(company.bob).post("/absences/new", {"kind": "vacation"})
    assert answer.status_code == 422
    with pytest.raises(Refused) as refused:
        form.read_day("", place="from")
    assert (refused.value.code, refused.value.place) == ("absences.no_day", "from")
    assert not Absence.objects.exists()


def test_an_absence_stands_in_the_calendar(company: Company, away: Away) -> None:
    away(company.bob, until=30, kind="trip")
    assert "Business trip" in page(company.bob, "/calendar/")
