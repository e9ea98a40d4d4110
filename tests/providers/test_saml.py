"""SAML: whom the provider names comes in once; what is spoilt, old, for others or said twice lets nobody in."""

from dataclasses import replace

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.people.models import Person, SignInTry
from potok.people.public import persons
from potok.providers.models import Identity, Provider
from potok.providers.web.entering import ours
from tests.company import Company
from tests.providers.identity import ENTITY, URL, Says, keys, question
from tests.providers.making import changed, made

CERTIFICATE = keys("idp")[1]


@pytest.fixture
def provider(company: Company) -> Provider:
    return made(company, "saml", entity=ENTITY, url=URL, certificates=CERTIFICATE)


def asked(client: Client, provider: Provider) -> Says:
    """Press the button; the answer that an honest provider would give."""
    sent = client.get(f"/sign-in/with/{provider.pk}?next=/people/")
    assert sent.status_code == 302
    assert sent["Location"].startswith(URL)
    return Says(question(sent["Location"]), ours(provider), email="bob@firm.example")


def answered(client: Client, provider: Provider, text: str) -> int:
    """The form that the browser posts from the provider's page; the cookie of the session does not come with it."""
    posted = Client(headers={"accept-language": "en"}).post(
        f"/sign-in/with/{provider.pk}/answer", {"SAMLResponse": text}
    )
    if posted.status_code == 303:
        assert posted["Location"] == f"{ours(provider)}/answered"
        return client.get(f"/sign-in/with/{provider.pk}/answered").status_code
    return posted.status_code


def is_in(client: Client) -> bool:
    return client.get("/me").status_code == 200


def test_who_is_named_comes_in_and_goes_where_he_wanted(company: Company, provider: Provider) -> None:
    client = Client()
    text = asked(client, provider).response()
    assert answered(client, provider, text) == 303
    assert is_in(client)
    identity = Identity.objects.get()
    assert (identity.person, identity.subject) == (company.bob, "anna-at-the-provider")
    assert SignInTry.objects.get().how == "through:Login Firm"


def test_an_answer_counts_once(company: Company, provider: Provider) -> None:
    client, thief = Client(), Client()
    text = asked(client, provider).response()
    assert answered(client, provider, text) == 303
    assert answered(thief, provider, text) == 403
    assert not is_in(thief)


def test_an_answer_is_fetched_by_the_browser_that_asked_only(company: Company, provider: Provider) -> None:
    client, victim = Client(), Client()
    text = asked(client, provider).response()
    assert answered(victim, provider, text) == 403
    assert not is_in(victim)


SPOILT = {
    "signed by somebody else": lambda says: replace(says, signer="other").response(),
    "not signed": lambda says: says.response(_without_signature(says)),
    "changed after it was signed": lambda says: says.response(says.assertion().replace("bob@", "ann@")),
    "wrapped around what is signed": lambda says: says.wrapped(),
    "for another audience": lambda says: replace(says, audience="https://other.example").response(),
    "for another recipient": lambda says: replace(says, recipient="https://other.example/answer").response(),
    "too old": lambda says: replace(says, minutes=-20).response(),
    "of the future": lambda says: replace(says, minutes=20).response(),
    "to a question of nobody": lambda says: replace(says, asked="_unasked").response(),
    "with a name that changes": lambda says: replace(
        says, format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    ).response(),
    "no XML": lambda says: "bm9uc2Vuc2U=",
    "nothing": lambda says: "",
}


def _without_signature(says: Says) -> str:
    text = says.assertion()
    begin, end = text.index("<ds:Signature"), text.index("</ds:Signature>") + len("</ds:Signature>")
    return text[:begin] + text[end:]


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_not_to_be_trusted_lets_nobody_in(company: Company, provider: Provider, how: str) -> None:
    client = Client()
    assert answered(client, provider, SPOILT[how](asked(client, provider))) == 403
    assert not is_in(client)
    assert not Identity.objects.exists()
    assert SignInTry.objects.get().how == "refused:Login Firm"


def test_who_is_not_known_is_refused_or_added_as_the_company_wants(company: Company, provider: Provider) -> None:
    client = Client(headers={"accept-language": "en"})
    stranger = replace(asked(client, provider), email="new@firm.example").response()
    assert answered(client, provider, stranger) == 403
    changed(company, provider, adds_people=True)
    again = replace(asked(client, provider), email="new@firm.example").response()
    assert answered(client, provider, again) == 303
    person = Person.objects.get(email="new@firm.example")
    assert (person.name, person.is_administrator, person.is_external) == ("Anna", False, False)


def test_who_has_left_does_not_come_in(company: Company, provider: Provider) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.bob)
    client = Client()
    assert answered(client, provider, asked(client, provider).response()) == 403
    assert not is_in(client)


def test_our_metadata_name_the_address_to_answer_to(company: Company, provider: Provider) -> None:
    told = Client().get(f"/sign-in/with/{provider.pk}/metadata").content.decode()
    assert f'Location="{ours(provider)}/answer"' in told
    assert f'entityID="{ours(provider)}/metadata"' in told
