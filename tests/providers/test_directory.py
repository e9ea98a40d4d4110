"""LDAP against a real directory on loopback: who signs in with what he has there, and what an administrator is told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.people.models import Person, SignInTry
from potok.people.operations import persons, roles
from potok.providers import ldap, operations
from potok.providers.models import Identity, Provider
from tests.company import Company
from tests.people.test_web import PASSWORD, inside, with_password
from tests.providers.directory import BASE, READER, SECRET, Directory
from tests.providers.making import changed, made


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    started = Directory(tmp_path_factory.mktemp("slapd"))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def provider(company: Company, directory: Directory) -> Provider:
    return made(company, "ldap", secret=SECRET, **settings(directory))


def settings(directory: Directory, **instead: Any) -> dict[str, Any]:
    usual = {
        "host": "localhost", "port": str(directory.tls_port), "certificate": directory.certificate, "base": BASE,
        "user": READER, "groups": "departmentNumber",
    }  # fmt: skip
    return {**usual, **instead}


def come(login: str, password: str) -> tuple[Client, Any]:
    client = Client(headers={"accept-language": "en"})
    return client, client.post("/sign-in", {"email": login, "password": password, "next": "/people/"})


@pytest.mark.parametrize("login", ["bob", "bob@firm.example", " BOB "])
def test_one_signs_in_with_what_one_has_in_the_directory(company: Company, provider: Provider, login: str) -> None:
    client, answer = come(login, "bob-at-work")
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert client.get("/me").context["user"] == company.bob
    assert SignInTry.objects.get().how == "through:Login Firm"
    assert Identity.objects.get().person == company.bob


def test_the_page_asks_for_a_login_then(company: Company, provider: Provider) -> None:
    assert "E-mail or login" in Client(headers={"accept-language": "en"}).get("/sign-in").content.decode()


REFUSED = [
    ("bob", "wrong"), ("bob", ""), ("nobody", "bob-at-work"), ("", "bob-at-work"), ("*", "bob-at-work"),
    ("bob)(uid=*", "bob-at-work"), ("b" * 300, "bob-at-work"), ("bob\0", "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("login", "password"), REFUSED)
def test_nobody_else_does(company: Company, provider: Provider, login: str, password: str) -> None:
    client, answer = come(login, password)
    assert answer.status_code == 422
    assert client.get("/me").status_code == 302
    assert not Identity.objects.exists()


def test_a_password_of_ours_still_counts(company: Company, provider: Provider) -> None:
    with_password(company.bob)
    assert come("bob@firm.example", PASSWORD)[1].status_code == 303


def test_who_has_left_does_not_come_in(company: Company, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.bob)
    client, answer = come("bob", "bob-at-work")
    assert answer.status_code == 422
    assert "You cannot come in any more" in answer.content.decode()
    assert client.get("/me").status_code == 302
    assert SignInTry.objects.get().how == "refused:Login Firm"


def test_a_newcomer_brings_what_the_directory_says_of_him(company: Company, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        seller, other = roles.add(call, name="Seller"), roles.add(call, name="Other")
    told = {**provider.settings, "roles": "sales = Seller\ncn=stock,dc=firm = Other"}
    changed(company, provider, adds_people=True, settings=told)
    _client, answer = come("nina", "пароль-нины")
    assert answer.status_code == 303
    nina = Person.objects.get(email="nina@firm.example")
    assert (nina.name, nina.surname, nina.position) == ("Нина", "Новосёлова", "Бухгалтер")
    assert nina.phone == "+7 495 123-45-67"
    assert seller.holders.filter(person=nina).exists()
    assert not other.holders.exists()


def test_roles_go_with_the_groups(company: Company, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        seller, kept = roles.add(call, name="Seller"), roles.add(call, name="Kept")
        roles.give(call, role=seller, person=company.bob)
        roles.give(call, role=kept, person=company.bob)
    changed(company, provider, settings={**provider.settings, "roles": "sales = Seller"})
    assert come("bob", "bob-at-work")[1].status_code == 303
    assert not seller.holders.exists()
    assert kept.holders.exists()


@pytest.mark.parametrize("safety", ["start_tls", "plain"])
def test_other_protection_will_do(company: Company, directory: Directory, safety: str) -> None:
    made(company, "ldap", secret=SECRET, **settings(directory, port=str(directory.port), safety=safety))
    assert come("bob", "bob-at-work")[1].status_code == 303


TOLD = {
    "nobody listens": ({"port": "9"}, "cannot be reached"),
    "its certificate is not trusted": ({"certificate": ""}, "cannot be reached"),
    "it is another server than the certificate says": ({"host": "127.0.0.1"}, "cannot be reached"),
    "who searches is not known": ({"user": "cn=nobody,dc=firm,dc=example"}, "does not let cn=nobody"),
    "nothing is there": ({"base": "ou=nowhere,dc=firm,dc=example"}, "cannot search in ou=nowhere"),
    "the filter is broken": ({"filter": "(uid={login}"}, "cannot search in"),
    "the filter finds nobody": ({"filter": "(cn={login})"}, "finds nobody with the login bob"),
    "the filter finds several": ({"filter": "(|(uid={login})(mail=twin@firm.example))"}, "finds several people"),
    "nothing names people for ever": ({"subject": "employeeNumber"}, "has no attribute employeeNumber"),
    "all is well": ({}, "Bob Petrov, bob@firm.example"),
}


@pytest.mark.parametrize("what", TOLD)
def test_the_trial_says_in_words_what_is_wrong(company: Company, directory: Directory, what: str) -> None:
    wrong, sentence = TOLD[what]
    provider = made(company, "ldap", secret=SECRET, **settings(directory, **wrong))
    page = inside(company.ann).post(f"/providers/{provider.pk}/trial", {"login": "bob"}).content.decode()
    assert sentence in page


def test_a_directory_that_does_not_answer_is_no_wrong_password(company: Company, directory: Directory) -> None:
    made(company, "ldap", secret=SECRET, **settings(directory, port="9"))
    answer = come("bob", "bob-at-work")[1]
    assert "does not answer" in answer.content.decode()
    with_password(company.bob)
    assert come("bob@firm.example", PASSWORD)[1].status_code == 303


def test_several_directories_are_asked_one_after_another(company: Company, directory: Directory) -> None:
    made(company, "ldap", title="A", secret=SECRET, **settings(directory, port="9"))
    made(company, "ldap", title="B", secret=SECRET, **settings(directory))
    assert come("bob", "bob-at-work")[1].status_code == 303
    assert SignInTry.objects.get().how == "through:B"


def test_a_directory_that_is_switched_off_is_not_asked(company: Company, provider: Provider) -> None:
    with opened(company.ann.pk, door="screen") as call:
        operations.switch(call, provider=provider, is_on=False)
    assert come("bob", "bob-at-work")[1].status_code == 422


def test_a_login_with_stars_is_a_login(company: Company, provider: Provider) -> None:
    assert ldap.find(provider, login="b*") is None
