"""An administrator looks with somebody else's eyes: he sees what that person sees, and changes nothing."""

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.people.public import persons
from tests.company import Company

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def inside(person: object) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def test_the_administrator_sees_what_the_person_sees_and_stops(company: Company) -> None:
    ann = inside(company.ann)
    assert ann.get("/roles/").status_code == 200
    ann.post(f"/people/{company.bob.pk}/eyes")
    assert ann.get("/roles/").status_code == 403
    shown = ann.get("/people/").content.decode()
    assert "You see the product as Bob Petrov does." in shown
    ann.post("/people/own-eyes")
    assert ann.get("/roles/").status_code == 200


def test_nothing_is_changed_with_borrowed_eyes(company: Company) -> None:
    ann = inside(company.ann)
    ann.post(f"/people/{company.bob.pk}/eyes")
    answer = ann.post("/me", {"language": "ru"}, headers=SCRIPT)
    assert answer.status_code == 403
    assert "people.only_looks" in answer.headers["HX-Trigger"]
    company.bob.refresh_from_db()
    assert company.bob.language == "en"


def test_only_administrators_borrow_eyes_and_only_of_those_who_come_in(company: Company) -> None:
    bob = inside(company.bob)
    assert bob.post(f"/people/{company.ann.pk}/eyes", headers=SCRIPT).status_code == 403
    assert bob.get("/roles/").status_code == 403
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.carol)
    answer = inside(company.ann).post(f"/people/{company.carol.pk}/eyes", headers=SCRIPT)
    assert "people.nobody_to_see_as" in answer.headers["HX-Trigger"]


def test_who_is_no_administrator_any_more_has_only_his_own_eyes(company: Company) -> None:
    ann = inside(company.ann)
    ann.post(f"/people/{company.dan.pk}/eyes")
    type(company.ann).objects.filter(pk=company.ann.pk).update(is_administrator=False)
    assert "You see the product as" not in ann.get("/people/").content.decode()
