"""The page of working time: hours as people write them, special days, absences; strangers change nothing."""

from datetime import date

import pytest

from potok.people import public as people
from potok.people import rules
from potok.people.models import Absence, SpecialDay, WorkingHours
from potok.people.rules import Extent
from tests.company import Company
from tests.people.test_web import inside

WEEK = {f"day{number}": "9-18" if number < 5 else "" for number in range(7)}


def test_the_company_keeps_its_hours(company: Company) -> None:
    client = inside(company.ann)
    assert "9:00–13:00, 14:00–18:00" in client.get("/working-time/").content.decode()
    client.post("/working-time/hours", {**WEEK, "zone": "Europe/Samara", "country": "-"})
    whole = people.working_time()
    assert rules.shown_shifts(whole.week[0]) == "9:00–18:00"
    assert (whole.zone, whole.country) == ("Europe/Samara", "")


def test_what_is_the_same_as_above_goes_on_following_it(company: Company) -> None:
    client = inside(company.ann)
    client.post("/working-time/hours", {**WEEK, "zone": "", "country": ""})
    client.post("/working-time/hours", {**WEEK, "department": company.sales.pk, "zone": "Asia/Omsk", "country": ""})
    assert WorkingHours.objects.get(department=company.sales).week is None
    client.post("/working-time/hours", {**WEEK, "day0": "", "zone": "", "country": ""})
    assert people.working_time(department=company.sales.pk).week[0] == ()
    client.post("/working-time/hours", {"person": company.bob.pk, **WEEK, "zone": "", "country": ""})
    assert people.working_time(person=company.bob.pk).week[0] != ()
    client.post("/working-time/hours", {"person": company.bob.pk, "clear": "1"})
    assert people.working_time(person=company.bob.pk).week[0] == ()


def test_special_days_come_and_go(company: Company) -> None:
    client = inside(company.ann)
    given = {"day": "2026-11-23", "hours": "10-12", "title": "Inventory", "department": company.sales.pk}
    client.post("/working-time/days", given)
    assert "Inventory" in client.get(f"/working-time/?department={company.sales.pk}").content.decode()
    assert people.working_time(person=company.bob.pk).shifts(date(2026, 11, 23)) == ((600, 720),)
    client.post("/working-time/days/removal", {"day": "2026-11-23", "department": company.sales.pk})
    assert not SpecialDay.objects.exists()


def test_an_absence_is_of_whole_days_on_the_persons_clock(company: Company) -> None:
    company.grant("people.absence.edit", extent=Extent.OWN, to=company.bob)
    client = inside(company.bob)
    given = {"person": company.bob.pk, "from": "2026-11-23", "to": "2026-11-24", "kind": "sick", "note": "Flu"}
    client.post("/working-time/absences", given)
    absence = Absence.objects.get()
    assert absence.begins_at.isoformat() == "2026-11-22T21:00:00+00:00"
    assert absence.ends_at.isoformat() == "2026-11-24T21:00:00+00:00"
    page = client.get(f"/working-time/?person={company.bob.pk}").content.decode()
    assert "Flu" in page
    client.post(f"/working-time/absences/{absence.pk}/removal")
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("/working-time/hours", WEEK),
        ("/working-time/days", {"day": "2026-11-23"}),
        ("/working-time/days/removal", {"day": "2026-11-23"}),
    ],
)
def test_a_stranger_looks_and_changes_nothing(company: Company, url: str, given: dict[str, str]) -> None:
    client = inside(company.carol)
    assert "disabled" in client.get("/working-time/").content.decode()
    assert client.post(url, given).status_code == 403
    assert not WorkingHours.objects.exists()


@pytest.mark.parametrize(
    ("url", "given", "sentence"),
    [
        ("/working-time/days", {"day": "soon"}, "Choose a day."),
        ("/working-time/hours", {**WEEK, "day3": "always"}, "“always” are no working hours."),
    ],
)
def test_what_is_no_hour_or_day_is_told(company: Company, url: str, given: dict[str, str], sentence: str) -> None:
    answer = inside(company.ann).post(url, given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (rules.NO_DAY().code, rules.WRONG_HOURS(given="").code) == ("people.hours.no_day", "people.hours.wrong")


def test_what_is_gone_is_told(company: Company) -> None:
    assert inside(company.ann).post("/working-time/absences/999/removal").status_code == 404
