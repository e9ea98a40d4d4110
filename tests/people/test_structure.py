"""The structure: put in order by hand, found in by name, drawn as a picture."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import charting
from potok.people.charting import HIGH, WIDE, Place
from potok.people.models import Department, Membership
from potok.people.operations import absences, departments, persons, profiles
from tests.company import Company
from tests.people.test_web import inside


def works(company: Company, person: int) -> set[int]:
    return set(Membership.objects.filter(person=person).values_list("department", flat=True))


def test_a_department_is_put_under_another_and_back(company: Company) -> None:
    client = inside(company.ann)
    moved = client.post(f"/departments/{company.partners.pk}/place?to={company.warehouse.pk}")
    assert moved.status_code == 303
    assert Department.objects.get(pk=company.partners.pk).parent == company.warehouse
    client.post(f"/departments/{company.partners.pk}/place?to=")
    assert Department.objects.get(pk=company.partners.pk).parent is None


def test_a_person_goes_from_the_department_that_is_shown(company: Company) -> None:
    client = inside(company.ann)
    client.post(f"/people/{company.bob.pk}/place?to={company.partners.pk}&at={company.sales.pk}")
    assert works(company, company.bob.pk) == {company.partners.pk}


def test_who_works_in_several_stays_in_the_others(company: Company) -> None:
    with opened(None, door="start_up") as call:
        persons.place(call, person=company.bob, departments=[company.sales, company.warehouse])
        assert persons.move(call, person=company.bob, to=company.partners) is None
        assert works(company, company.bob.pk) == {company.sales.pk, company.warehouse.pk, company.partners.pk}
        persons.move(call, person=company.bob, to=company.whole, out_of=company.sales)
    assert works(company, company.bob.pk) == {company.whole.pk, company.warehouse.pk, company.partners.pk}


@pytest.mark.parametrize("url", ["/departments/{sales}/place?to=", "/people/{bob}/place?to={sales}"])
def test_one_without_rights_moves_nothing(company: Company, url: str) -> None:
    path = url.format(sales=company.sales.pk, bob=company.bob.pk)
    assert inside(company.carol).post(path).status_code == 403


@pytest.mark.parametrize(("typed", "there"), [("orl", True), ("щкд", True), ("bob", False)])
def test_people_are_found_by_name_in_either_layout(company: Company, typed: str, there: bool) -> None:
    page = inside(company.carol).get("/people/", {"q": typed}).content.decode()
    assert ("Alice Orlova</span></a></td><td>" in page) is there


def test_a_department_without_head_says_so(company: Company) -> None:
    tree = inside(company.carol).get("/people/").content.decode()
    assert re.search(r"Warehouse<br><span[^>]*>Has no head", tree)
    with opened(None, door="start_up") as call:
        departments.appoint(call, department=company.warehouse, head=company.bob)
        persons.dismiss(call, person=company.bob)
    assert re.search(r"Warehouse<br><span[^>]*>Has no head", inside(company.carol).get("/people/").content.decode())


def test_the_picture_of_the_structure_names_departments_and_heads(company: Company) -> None:
    client = inside(company.carol)
    assert "Partners" in client.get("/people/chart").content.decode()
    answer = client.get("/people/chart.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    drawn = "".join(ET.fromstring(answer.content).itertext())
    for word in ("Company", "Dan Gromov", "Sales", "Alice Orlova", "Has no head"):
        assert word in drawn


@given(st.lists(st.integers(0, 30), max_size=30))
def test_no_box_of_the_picture_covers_another_and_all_fit(above: list[int]) -> None:
    places = [Place(i + 1, (parent % (i + 1)) or None, "D", "H", 0) for i, parent in enumerate(above)]
    chart = charting.laid(places)
    assert len(chart.boxes) == len(places)
    for box in chart.boxes:
        assert 0 <= box.x <= chart.width - WIDE
        assert 0 <= box.y <= chart.height - HIGH
    for one in chart.boxes:
        for other in chart.boxes:
            assert one is other or abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH


def test_phones_are_kept_and_what_is_none_is_refused(company: Company) -> None:
    client = inside(company.bob)
    client.post("/me/phones", {"phone": "+7 921 000-00-00 доб. 12", "inner_phone": " 104 "})
    card = inside(company.carol).get(f"/people/{company.bob.pk}").content.decode()
    assert "+7 921 000-00-00 доб. 12" in card
    assert "104" in card
    for wrong in ("call me", "12", "javascript:1234"):
        with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
            profiles.change(call, person=company.bob, phone=wrong)
        assert refused.value.code == "people.person.wrong_phone"


def test_a_card_says_whether_the_person_is_away_and_who_stands_in(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        absences.add(
            call,
            person=company.bob,
            kind="vacation",
            begins_at=call.at.replace(year=call.at.year - 1),
            ends_at=call.at.replace(year=call.at.year + 1),
        )
        absences.set_deputies(call, person=company.bob, deputies=[company.carol])
    page = inside(company.alice).get(f"/people/{company.bob.pk}").content.decode()
    assert "Is away, comes back on" in page
    assert "Carol Belova" in page


def test_strangers_see_no_structure(db: None) -> None:
    assert Client().get("/people/chart.svg").status_code == 302
