"""Providers are set by administrators only, and what cannot work is refused at its place."""

from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refusals, Refused
from potok.kit.sealing import unseal
from potok.people.operations import roles, sessions
from potok.people.public import signing_rules
from potok.providers import operations
from potok.providers.models import Identity, Provider
from tests.company import Company
from tests.people.test_web import PASSWORD, inside, with_password
from tests.providers.identity import keys
from tests.providers.making import changed, made

OPENID = {"issuer": "https://login.firm.example/realms/firm/", "client": "potok"}
DIRECTORY = {"host": "ldap.firm.example", "base": "dc=firm,dc=example"}
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("providers.provider.wrong_kind", "kerberos", {}),
    ("providers.provider.needed", "oidc", {**OPENID, "client": " "}),
    ("providers.provider.needed", "ldap", {**DIRECTORY, "safety": "ssh"}),
    ("providers.provider.wrong_url", "oidc", {**OPENID, "issuer": "http://login.firm.example"}),
    ("providers.provider.wrong_url", "oidc", {**OPENID, "issuer": "https://me:secret@login.firm.example"}),
    ("providers.provider.wrong_number", "ldap", {**DIRECTORY, "port": "70000"}),
    ("providers.provider.wrong_certificate", "ldap", {**DIRECTORY, "certificate": "none"}),
    ("providers.provider.wrong_filter", "ldap", {**DIRECTORY, "filter": "(uid=anna)"}),
    ("providers.provider.wrong_roles", "oidc", {**OPENID, "roles": "sales = Nobody has made it"}),
    ("providers.provider.wrong_roles", "oidc", {**OPENID, "roles": "sales"}),
]


@pytest.mark.parametrize(("code", "kind", "settings"), WRONG)
def test_what_cannot_work_is_refused(company: Company, code: str, kind: str, settings: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        made(company, kind, **settings)
    assert refused.value.code == code


def test_all_that_is_wrong_is_said_at_once(company: Company) -> None:
    with pytest.raises(Refusals) as refused:
        made(company, "saml")
    assert {one.place for one in refused.value} == {"entity", "url", "certificates"}


def test_a_title_is_given_once(company: Company) -> None:
    made(company, "oidc", title="Keycloak", **OPENID)
    for title, code in ((" Keycloak ", "providers.provider.title_taken"), (" ", "providers.provider.untitled")):
        with pytest.raises(Refused) as refused:
            made(company, "oidc", title=title, **OPENID)
        assert refused.value.code == code


def test_domains_are_written_as_people_do(company: Company) -> None:
    provider = changed(company, made(company, "oidc", **OPENID), domains="@Firm.example,\n other.example")
    assert provider.domains == ["firm.example", "other.example"]
    assert provider.settings["issuer"] == "https://login.firm.example/realms/firm"
    with pytest.raises(Refused) as refused:
        changed(company, provider, domains="not a domain")
    assert refused.value.code == "providers.provider.wrong_domain"


def test_within_ones_own_network_no_tls_is_needed_once_it_is_said(company: Company) -> None:
    provider = made(company, "oidc", **{**OPENID, "issuer": "http://10.1.2.3", "inside": True})
    assert provider.settings["issuer"] == "http://10.1.2.3"


def test_a_secret_is_sealed_kept_and_never_shown(company: Company) -> None:
    provider = changed(company, made(company, "oidc", secret="open sesame", **OPENID), title="Another title")
    assert unseal(provider.sealed) == b"open sesame"
    page = inside(company.ann).get(f"/providers/{provider.pk}").content.decode()
    assert "open sesame" not in page
    assert provider.sealed not in page
    assert "Kept; fill in to change it" in page


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_only_administrators_set_providers_whatever_else_one_may_do(company: Company, who: str) -> None:
    person = getattr(company, who)
    if who == "alice":
        company.grant("people.person.edit", to=person)
    provider = made(company, "oidc", **OPENID)
    identity = Identity.objects.create(
        provider=provider,
        person=company.bob,
        subject="bob",
        linked_at=company.bob.joined_at,
        used_at=company.bob.joined_at,
    )
    asks = (
        lambda call: operations.add(call, kind="oidc", title="Mine", settings=OPENID),
        lambda call: operations.change(call, provider=provider, title="Mine"),
        lambda call: operations.switch(call, provider=provider, is_on=False),
        lambda call: operations.remove(call, provider=provider),
        lambda call: operations.unlink(call, identity=identity),
    )
    for ask in asks:
        with pytest.raises(Forbidden), opened(person.pk, door="screen") as call:
            ask(call)
    client = inside(person)
    for path in ("", "new/oidc", f"{provider.pk}"):
        assert client.get(f"/providers/{path}").status_code == 403


def test_one_is_set_on_the_pages(company: Company) -> None:
    client = inside(company.ann)
    assert "OpenID Connect" in client.get("/providers/").content.decode()
    assert "Issuer" in client.get("/providers/new/oidc").content.decode()
    sent = client.post("/providers/new/oidc", {"title": "Keycloak", **OPENID, "secret": "s", "scope": "openid email"})
    provider = Provider.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/providers/{provider.pk}")
    assert not provider.is_on
    client.post(f"/providers/{provider.pk}/switch", {"is_on": "1"})
    client.post(
        f"/providers/{provider.pk}",
        {
            "title": "Keycloak",
            **OPENID,
            "domains": "firm.example",
            "adds_people": "on",
            "inside": "on",
            "is_enough": "on",
        },
    )
    provider.refresh_from_db()
    assert (provider.is_on, provider.adds_people, provider.is_enough, provider.told("inside")) == (True,) * 4
    assert f"/sign-in/with/{provider.pk}/back" in client.get(f"/providers/{provider.pk}").content.decode()
    door = Client(headers={"accept-language": "en"}).get("/sign-in?next=/tasks/").content.decode()
    assert "Sign in through Keycloak" in door
    assert f'href="/sign-in/with/{provider.pk}?next=%2Ftasks%2F"' in door
    client.post(f"/providers/{provider.pk}/removal")
    assert not Provider.objects.exists()


def test_what_a_provider_knew_of_a_person_is_forgotten(company: Company) -> None:
    provider = made(company, "oidc", **OPENID)
    at = company.bob.joined_at
    identity = Identity.objects.create(provider=provider, person=company.bob, subject="b", linked_at=at, used_at=at)
    client = inside(company.ann)
    assert "Bob Petrov" in client.get(f"/providers/{provider.pk}").content.decode()
    client.post(f"/providers/{provider.pk}/identities/{identity.pk}/removal")
    assert not Identity.objects.exists()


def only_through(company: Company, *, is_so: bool) -> None:
    with opened(company.ann.pk, door="screen") as call:
        sessions.demand(call, second_factor="nobody", only_through_others=is_so)


def test_passwords_are_closed_only_while_there_is_another_way(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        only_through(company, is_so=True)
    assert refused.value.code == "people.sign_in.no_other_way"
    provider = made(company, "oidc", **OPENID)
    only_through(company, is_so=True)
    for ask in (
        lambda call: operations.switch(call, provider=provider, is_on=False),
        lambda call: operations.remove(call, provider=provider),
    ):
        with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
            ask(call)
        assert refused.value.code == "providers.provider.last_way"
    only_through(company, is_so=False)
    with opened(company.ann.pk, door="screen") as call:
        operations.switch(call, provider=provider, is_on=False)


def test_only_administrators_come_in_by_a_password_then(company: Company) -> None:
    made(company, "oidc", **OPENID)
    with_password(company.bob)
    with_password(company.ann)
    only_through(company, is_so=True)
    assert signing_rules.is_only_through_others()
    kept_out = Client(headers={"accept-language": "en"}).post(
        "/sign-in", {"email": company.bob.email, "password": PASSWORD}
    )
    assert kept_out.status_code == 422
    assert "through its provider only" in kept_out.content.decode()
    assert "people.sign_in.only_through_others"
    assert Client().post("/sign-in", {"email": company.ann.email, "password": PASSWORD}).status_code == 303


def test_the_trial_says_whether_the_certificate_is_good(company: Company) -> None:
    provider = made(
        company,
        "saml",
        entity="idp",
        url="https://idp.firm.example/sso",
        certificates=keys("idp")[1] + keys("other")[1],
    )
    page = inside(company.ann).post(f"/providers/{provider.pk}/trial").content.decode()
    assert page.count("Its certificate is good until") == 2


def test_roles_are_named_that_there_are(company: Company) -> None:
    with opened(None, door="start_up") as call:
        roles.add(call, name="Seller")
    provider = made(company, "oidc", **OPENID, roles="cn=sales,dc=firm = Seller\n")
    assert provider.settings["roles"] == "cn=sales,dc=firm = Seller"
