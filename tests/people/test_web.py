"""The screens of people: strangers stay outside, people come in, administrators arrange the company."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from PIL import Image

from potok.kit.doors import opened
from potok.people import rules
from potok.people.models import Department, Group, Person, Role
from potok.people.operations import passwords
from tests.company import Company

PASSWORD = "a long enough one"


def inside(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_password(person: Person) -> Person:
    with opened(None, door="start_up") as call:
        passwords.set_(call, person=person, password=PASSWORD)
    return person


@pytest.mark.parametrize("url", ["/people/", "/me", "/roles/", "/people/find?q=a", "/people/1"])
def test_a_stranger_is_sent_to_the_sign_in_page(db: None, url: str) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


def test_a_script_of_a_stranger_is_told_to_go_there(db: None) -> None:
    answer = Client().get("/people/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in")


def test_a_person_comes_in_and_goes_where_he_wanted(company: Company) -> None:
    with_password(company.alice)
    client = Client()
    form = {"email": " Alice@Firm.example ", "password": PASSWORD, "next": "/people/"}
    answer = client.post("/sign-in", form)
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert client.get("/people/").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert client.get("/people/").status_code == 302


def test_the_sign_in_page_of_an_empty_company_says_how_the_first_person_comes_in(db: None) -> None:
    assert "potok user add" in Client().get("/sign-in").content.decode()


def test_the_sign_in_page_tells_others_whom_to_ask(company: Company) -> None:
    page = Client(headers={"accept-language": "en"}).get("/sign-in").content.decode()
    assert "potok user add" not in page
    assert "Ask an administrator" in page


@pytest.mark.parametrize("next_", ["https://evil.example", "//evil.example", "javascript:x"])
def test_nobody_is_led_out_of_the_product(company: Company, next_: str) -> None:
    with_password(company.alice)
    answer = Client().post("/sign-in", {"email": "alice@firm.example", "password": PASSWORD, "next": next_})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("email", ["alice@firm.example", "nobody@firm.example"])
def test_a_wrong_sign_in_says_nothing_of_who_exists_and_keeps_what_was_typed(company: Company, email: str) -> None:
    answer = Client(headers={"accept-language": "en"}).post("/sign-in", {"email": email, "password": "wrong"})
    assert answer.status_code == 422
    with translation.override("en"):
        assert rules.WRONG_SIGN_IN().sentence() in answer.content.decode()
    assert rules.WRONG_SIGN_IN().code == "people.sign_in.wrong"
    assert email in answer.content.decode()


def test_a_dismissed_person_does_not_come_in(company: Company) -> None:
    with_password(company.bob)
    client = inside(company.bob)
    with opened(None, door="start_up") as call:
        from potok.people.operations import persons

        persons.dismiss(call, person=company.bob)
    assert Client().post("/sign-in", {"email": "bob@firm.example", "password": PASSWORD}).status_code == 422
    assert client.get("/people/").status_code == 302


def test_after_ten_tries_a_login_waits(company: Company) -> None:
    with_password(company.alice)
    form = {"email": "alice@firm.example", "password": "wrong"}
    client = Client(headers={"accept-language": "en"})
    for _ in range(10):
        assert "wrong" in client.post("/sign-in", form).content.decode()
    answer = client.post("/sign-in", {**form, "password": PASSWORD})
    assert answer.status_code == 422
    refused = rules.TOO_MANY_ATTEMPTS(minutes=1)
    assert refused.code == "people.sign_in.too_many"
    with translation.override("en"):
        assert refused.sentence() in answer.content.decode()


def test_an_invitation_sets_the_password_once(company: Company) -> None:
    with opened(None, door="command") as call:
        path = passwords.invite(call, person=company.bob)
    client = Client(headers={"accept-language": "en"})
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": "short"}).status_code == 422
    assert client.post(path, {"password": PASSWORD}).status_code == 303
    assert client.get("/people/").status_code == 200
    assert Client().get(path).status_code == 422


def test_everybody_speaks_his_own_language(company: Company) -> None:
    client = inside(company.alice)
    assert client.get("/me").headers["Content-Language"] == "en"
    client.post("/me", {"language": "ru", "zone": "Asia/Omsk", "theme": "dark", "density": "dense"})
    answer = client.get("/me")
    assert answer.headers["Content-Language"] == "ru"
    assert client.cookies["theme"].value == "dark"
    company.alice.refresh_from_db()
    assert (company.alice.zone, company.alice.density) == ("Asia/Omsk", "dense")


def test_a_photo_is_drawn_anew(company: Company, tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    picture = tmp_path / "me.png"
    Image.new("RGB", (900, 300), "teal").save(picture)
    client = inside(company.alice)
    with picture.open("rb") as file:
        assert client.post("/me/photo", {"photo": file}).status_code == 303
    company.alice.refresh_from_db()
    shown = client.get(company.alice.photo_url)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    shown.close()


def test_what_is_no_picture_is_refused(company: Company, tmp_path: Path) -> None:
    script = tmp_path / "me.png"
    script.write_bytes(b"<svg onload='x()'>")
    with script.open("rb") as file:
        assert inside(company.alice).post("/me/photo", {"photo": file}).status_code == 422


def test_the_structure_shows_departments_heads_and_people(company: Company) -> None:
    page = inside(company.bob).get(f"/people/?department={company.sales.pk}").content.decode()
    for word in ("Company", "Sales", "Partners", "Alice Orlova", "Fay Titova"):
        assert word in page
    assert "Carol Belova" not in page
    assert "Add a person" not in page


def test_an_administrator_adds_a_person_into_a_department(company: Company) -> None:
    client = inside(company.ann)
    assert "Add the person" in client.get("/people/new").content.decode()
    form = {"name": "Gleb", "surname": "Novak", "email": "gleb@firm.example", "departments": [company.partners.pk]}
    answer = client.post("/people/new", form)
    gleb = Person.objects.get(email="gleb@firm.example")
    assert answer["Location"] == f"/people/{gleb.pk}"
    assert "Partners" in client.get(f"/people/{gleb.pk}").content.decode()
    page = client.post(f"/people/{gleb.pk}/invitation").content.decode()
    assert f"/welcome/{gleb.pk}/" in page


def test_an_administrator_changes_a_department(company: Company) -> None:
    client = inside(company.ann)
    form = {"name": "Depot", "parent": company.sales.pk, "head": company.carol.pk}
    assert client.post(f"/departments/{company.warehouse.pk}", form).status_code == 303
    depot = Department.objects.get(name="Depot")
    assert (depot.parent_id, depot.head_id) == (company.sales.pk, company.carol.pk)


def test_an_administrator_arranges_a_role(company: Company) -> None:
    client = inside(company.ann)
    client.post("/roles/new", {"name": "Seller"})
    role = Role.objects.get()
    assert client.post(f"/roles/{role.pk}/grants", {"people.group.edit": "4"}).status_code == 303
    assert client.post(f"/roles/{role.pk}/holders", {"person": company.bob.pk}).status_code == 303
    page = client.get("/roles/").content.decode()
    assert "Seller" in page
    assert "Bob Petrov" in page
    client.post(f"/roles/{role.pk}/grants", {"people.group.edit": ""})
    assert not role.grants.exists()


def test_an_administrator_gathers_a_group(company: Company) -> None:
    client = inside(company.ann)
    assert client.post("/groups/new", {"name": "Movers", "people": [company.bob.pk]}).status_code == 303
    group = Group.objects.get(name="Movers")
    assert "Bob Petrov" in client.get(f"/groups/{group.pk}").content.decode()
    assert client.post(f"/groups/{group.pk}", {"name": "Movers", "people": [company.carol.pk]}).status_code == 303
    assert list(group.people.all()) == [company.carol]
    assert "Movers" in client.get("/groups/").content.decode()
    assert client.post(f"/groups/{group.pk}", {"name": "Movers", "people": ["999999"]}).status_code == 404


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("get", "/roles/"),
        ("post", "/roles/new"),
        ("get", "/people/new"),
        ("post", "/people/new"),
        ("get", "/people/{alice}/edit"),
        ("post", "/people/{alice}/edit"),
        ("post", "/people/{alice}/dismissal"),
        ("post", "/people/{alice}/invitation"),
        ("get", "/departments/new"),
        ("post", "/departments/new"),
        ("get", "/departments/{sales}"),
        ("post", "/departments/{sales}/removal"),
        ("get", "/groups/new"),
        ("post", "/groups/new"),
        ("get", "/groups/{group}"),
    ],
)
def test_one_without_rights_is_refused_at_every_door(company: Company, method: str, url: str) -> None:
    path = url.format(alice=company.alice.pk, sales=company.sales.pk, group=company.group.pk)
    form = {"name": "X", "surname": "Y", "email": "x@firm.example"}
    assert getattr(inside(company.carol), method)(path, form).status_code == 403


def test_only_an_administrator_opens_the_form_of_an_administrator(company: Company) -> None:
    company.grant("people.person.edit", to=company.bob)
    bob = inside(company.bob)
    assert bob.get(f"/people/{company.alice.pk}/edit").status_code == 200
    assert bob.get(f"/people/{company.ann.pk}/edit").status_code == 403
    assert f"/people/{company.ann.pk}/edit" not in bob.get(f"/people/{company.ann.pk}").content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ali", {"Alice Orlova"}),
        ("orl ali", {"Alice Orlova"}),
        ("partn", {"Fay Titova"}),
        ("фдшсу", {"Alice Orlova"}),
        ("zzz", set()),
    ],
)
def test_people_are_found_by_what_one_types(company: Company, typed: str, found: set[str]) -> None:
    page = inside(company.bob).get("/people/find", {"q": typed}).content.decode()
    names = {"Alice Orlova", "Bob Petrov", "Carol Belova", "Fay Titova", "Dan Gromov", "Ann Zimina", "Eve Outer"}
    assert {name for name in names if name in page} == found


def test_a_head_picks_among_his_own_people(company: Company) -> None:
    page = inside(company.alice).get("/people/find", {"q": "", "within": "subordinates"}).content.decode()
    assert "Bob Petrov" in page
    assert "Fay Titova" in page
    assert "Carol Belova" not in page
    assert "Alice Orlova" not in page
