"""OpenID Connect against a real provider on loopback: who comes in, as whom, and what lets nobody in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Trouble
from potok.people.models import Person, SignInTry
from potok.people.operations import persons, roles
from potok.people.public import signing_rules
from potok.providers import oidc, operations
from potok.providers.models import Identity, Provider
from potok.providers.web.entering import BY_ADDRESS, ours
from tests.company import Company
from tests.people.test_second_factor import with_app
from tests.people.test_web import inside
from tests.providers.making import changed, made
from tests.providers.openid import OpenId


@pytest.fixture(scope="module")
def openid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenId]:
    started = OpenId(tmp_path_factory.mktemp("openid"))
    yield started
    started.stop()


@pytest.fixture
def provider(company: Company, openid: OpenId) -> Provider:
    made_ = made(company, "oidc", issuer=openid.issuer, client="potok", inside=True, secret="open sesame")
    openid.register(f"{ours(made_)}/back")
    return made_


def begun(client: Client, provider: Provider) -> str:
    sent = client.get(f"/sign-in/with/{provider.pk}?next=/people/")
    assert sent.status_code == 302
    return str(sent["Location"])


def sent_back(client: Client, openid: OpenId, provider: Provider, email: str) -> str:
    """Press the button and sign in there; the address that the browser is sent back to."""
    return openid.signed_in(begun(client, provider), email=email)


def path(url: str, **instead: str) -> str:
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | instead
    return f"{parts.path}?{urlencode(asked)}"


def is_in(client: Client) -> bool:
    return client.get("/me").status_code == 200


def test_a_checked_address_links_a_person_once_and_the_subject_from_then_on(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    client = Client()
    answer = client.get(path(sent_back(client, openid, provider, "bob@firm.example")))
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert is_in(client)
    assert SignInTry.objects.get().how == "through:Login Firm"
    assert "through Login Firm" in inside(company.ann).get("/people/sign-ins").content.decode()
    with opened(None, door="start_up") as call:
        persons.change(call, person=company.bob, email="robert@firm.example")
    again = Client()
    again.get(path(sent_back(again, openid, provider, "bob@firm.example")))
    assert again.get("/me").context["user"] == company.bob
    assert Identity.objects.count() == 1


def test_an_address_that_went_to_somebody_else_does_not_bring_him_in(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    at = company.bob.joined_at
    Identity.objects.create(provider=provider, person=company.bob, subject="before", linked_at=at, used_at=at)
    client = Client(headers={"accept-language": "en"})
    answer = client.get(path(sent_back(client, openid, provider, "bob@firm.example")))
    assert answer.status_code == 403
    assert "as somebody else" in answer.content.decode()
    assert "providers.sign_in.other_subject"


REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("providers.sign_in.no_mail", "carol@firm.example", {}),
    ("providers.sign_in.unknown", "new@firm.example", {}),
    ("providers.sign_in.other_domain", "ann@elsewhere.example", {"domains": "firm.example", "adds_people": True}),
]


@pytest.mark.parametrize(("code", "email", "how"), REFUSED, ids=[code for code, *_ in REFUSED])
def test_whom_the_company_does_not_expect_is_told_why(
    company: Company, openid: OpenId, provider: Provider, code: str, email: str, how: dict[str, Any]
) -> None:
    client = Client(headers={"accept-language": "en"})
    changed(company, provider, **how)
    answer = client.get(path(sent_back(client, openid, provider, email)))
    assert answer.status_code == 403
    assert answer.context["error"].code == code
    assert not is_in(client)
    assert SignInTry.objects.get().how == "refused:Login Firm"


def test_addresses_that_it_does_not_check_count_if_an_administrator_trusts_them(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    changed(company, provider, settings={**provider.settings, "trusts_mail": True})
    client = Client()
    assert client.get(path(sent_back(client, openid, provider, "carol@firm.example"))).status_code == 303


def test_a_newcomer_gets_his_role(company: Company, openid: OpenId, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        role = roles.add(call, name="Newcomers")
    changed(company, provider, adds_people=True, role=role)
    client = Client()
    client.get(path(sent_back(client, openid, provider, "new@firm.example")))
    person = Person.objects.get(email="new@firm.example")
    assert (person.name, person.surname) == ("Nina", "Newcomer")
    assert role.holders.get().person == person
    assert is_in(client)


def test_who_has_left_does_not_come_in(company: Company, openid: OpenId, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.bob)
    client = Client()
    answer = client.get(path(sent_back(client, openid, provider, "bob@firm.example")))
    assert answer.context["error"].code == "providers.sign_in.left"


def test_an_answer_counts_in_the_browser_that_asked_with_its_state_and_once(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    client = Client()
    url = sent_back(client, openid, provider, "bob@firm.example")
    thief = Client().get(path(url))
    assert thief.context["error"].code == "providers.sign_in.too_late"
    assert client.get(path(url, state="another")).context["error"].code == "providers.sign_in.not_answered"
    assert client.get(path(url)).context["error"].code == "providers.sign_in.too_late"
    assert not is_in(client)


@pytest.mark.parametrize("spoilt", ["nonce", "verifier", "code"])
def test_a_code_of_somebody_else_is_worth_nothing(
    company: Company, openid: OpenId, provider: Provider, spoilt: str
) -> None:
    client = Client()
    url = sent_back(client, openid, provider, "bob@firm.example")
    if spoilt != "code":
        session = client.session
        session["provider_begun"] = {**session["provider_begun"], spoilt: "x" * 43}
        session.save()
    answer = client.get(path(url, **({"code": "guessed"} if spoilt == "code" else {})))
    assert answer.status_code == 403
    assert not is_in(client)


def test_a_wrong_secret_lets_nobody_in(company: Company, openid: OpenId, provider: Provider) -> None:
    changed(company, provider, secret="another")
    client = Client()
    assert client.get(path(sent_back(client, openid, provider, "bob@firm.example"))).status_code == 403
    assert not is_in(client)


def test_the_second_factor_is_asked_for_unless_the_provider_does(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    with_app(company.bob)
    client = Client()
    answer = client.get(path(sent_back(client, openid, provider, "bob@firm.example")))
    assert answer["Location"] == "/sign-in/second"
    assert not is_in(client)
    changed(company, provider, is_enough=True)
    again = Client()
    again.get(path(sent_back(again, openid, provider, "bob@firm.example")))
    assert is_in(again)


def test_it_stands_for_the_second_factor_that_the_company_demands(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    from potok.people.operations import sessions

    with opened(company.ann.pk, door="screen") as call:
        sessions.demand(call, second_factor="everybody", only_through_others=True)
    client = Client()
    client.get(path(sent_back(client, openid, provider, "bob@firm.example")))
    assert client.get("/people/")["Location"] == "/me/security"
    changed(company, provider, is_enough=True)
    again = Client()
    again.get(path(sent_back(again, openid, provider, "bob@firm.example")))
    assert again.get("/people/").status_code == 200
    assert signing_rules.lacks(company.bob)


def test_a_provider_that_is_switched_off_is_not_there(company: Company, openid: OpenId, provider: Provider) -> None:
    with opened(company.ann.pk, door="screen") as call:
        operations.switch(call, provider=provider, is_on=False)
    assert Client().get(f"/sign-in/with/{provider.pk}").status_code == 403
    assert f"/sign-in/with/{provider.pk}" not in Client().get("/sign-in").content.decode()


def test_the_trial_says_in_words_what_works(company: Company, openid: OpenId, provider: Provider) -> None:
    client = inside(company.ann)
    assert "Its keys are read: 1" in client.post(f"/providers/{provider.pk}/trial").content.decode()
    changed(company, provider, settings={**provider.settings, "issuer": f"{openid.issuer}/elsewhere"})
    assert "answered 404" in client.post(f"/providers/{provider.pk}/trial").content.decode()


def test_our_own_network_is_asked_only_if_an_administrator_says_so(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    Provider.objects.filter(pk=provider.pk).update(settings={**provider.settings, "inside": False})
    provider.refresh_from_db()
    with pytest.raises(Trouble) as trouble:
        oidc.discover(provider)
    assert trouble.value.code == "providers.inside"


def test_a_provider_that_does_not_answer_is_told_from_one_that_refuses(
    company: Company, openid: OpenId, provider: Provider
) -> None:
    changed(company, provider, settings={**provider.settings, "issuer": "http://127.0.0.1:9"})
    answer = Client().get(f"/sign-in/with/{provider.pk}")
    assert answer.context["error"].code == "providers.sign_in.unreachable"


def test_nobody_asks_without_end(company: Company, openid: OpenId, provider: Provider) -> None:
    client = Client()
    codes = {client.get(f"/sign-in/with/{provider.pk}/back").status_code for _try in range(2 * BY_ADDRESS.size)}
    assert codes == {403, 429}
