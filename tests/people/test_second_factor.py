"""A stolen password alone lets nobody in: codes of an app, recovery codes, and what the company asks of everybody."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.utils import translation

from potok.kit import clock, sealing
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.people import one_time, rules, signing_rules
from potok.people.models import Authenticator, Person, RecoveryCode, SignedIn, SignInTry
from potok.people.operations import factors, passwords, sessions
from tests.company import Company
from tests.people.test_web import PASSWORD, inside, with_password


@pytest.fixture(autouse=True)
def _rules_read_anew() -> Iterator[None]:
    signing_rules.forget()
    yield
    signing_rules.forget()


def code(secret: bytes, *, steps: int = 0) -> str:
    moment = clock.now() + timedelta(seconds=steps * one_time.SECONDS)
    return TOTP(secret, 6, SHA1(), 30, enforce_key_length=False).generate(int(moment.timestamp())).decode()


def with_app(person: Person) -> tuple[bytes, list[str]]:
    with opened(person.pk, door="screen") as call:
        secret = factors.begin_app(call, person=person)
        return secret, factors.confirm_app(call, person=person, code=code(secret, steps=-1))


def knock(person: Person, client: Client | None = None) -> Client:
    """Give the right password."""
    client = client or Client(headers={"accept-language": "en"})
    answer = client.post("/sign-in", {"email": person.email, "password": PASSWORD, "next": "/people/"})
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/second")
    return client


def test_the_codes_are_those_of_the_standard() -> None:
    secret = b"12345678901234567890"  # RFC 6238, appendix B; the last six digits
    at = clock_at(1111111109)
    assert one_time.step_of("081804", secret=secret, at=at, after=0) == 1111111109 // 30
    assert one_time.step_of("081805", secret=secret, at=at, after=0) is None
    assert one_time.step_of("081804", secret=secret, at=at + timedelta(minutes=2), after=0) is None
    assert one_time.step_of("081804", secret=secret, at=at, after=1111111109 // 30) is None


def clock_at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_without_the_code_nothing_opens_and_with_it_everything(company: Company) -> None:
    secret, _ = with_app(with_password(company.bob))
    client = knock(company.bob)
    assert client.get("/people/").status_code == 302
    page = client.get("/sign-in/second").content.decode()
    assert "Code from the app" in page
    assert client.post("/sign-in/second", {"code": "000000"}).status_code == 422
    answer = client.post("/sign-in/second", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert client.get("/people/").status_code == 200
    assert list(SignInTry.objects.order_by("pk").values_list("how", flat=True)) == ["wrong_code", "app"]


def test_a_code_works_once(company: Company) -> None:
    secret, _ = with_app(with_password(company.bob))
    shown = code(secret)
    assert knock(company.bob).post("/sign-in/second", {"code": shown}).status_code == 303
    assert knock(company.bob).post("/sign-in/second", {"code": shown}).status_code == 422


def test_a_recovery_code_works_once_however_it_is_typed(company: Company) -> None:
    _, codes = with_app(with_password(company.bob))
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("-", " ")
    assert knock(company.bob).post("/sign-in/second", {"code": typed}).status_code == 303
    assert knock(company.bob).post("/sign-in/second", {"code": codes[0]}).status_code == 422


def test_secrets_are_not_read_out_of_the_database(company: Company) -> None:
    secret, codes = with_app(company.bob)
    app = Authenticator.objects.get()
    assert one_time.spelled(secret) not in app.sealed
    assert sealing.unseal(app.sealed) == secret
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_codes_are_not_tried_out(company: Company) -> None:
    secret, _ = with_app(with_password(company.bob))
    client = knock(company.bob)
    for _try in range(5):
        client.post("/sign-in/second", {"code": "000000"})
    answer = client.post("/sign-in/second", {"code": code(secret)})
    assert answer.status_code == 422
    with translation.override("en"):
        assert rules.TOO_MANY_ATTEMPTS(minutes=1).sentence() in answer.content.decode()
    assert SignInTry.objects.filter(how="too_many").exists()


def test_a_link_for_a_new_password_does_not_go_round_the_second_factor(company: Company) -> None:
    with_app(with_password(company.bob))
    client = Client()
    answer = client.post(passwords.link(company.bob), {"password": "another long one"})
    assert answer["Location"] == "/sign-in/second"
    assert client.get("/people/").status_code == 302


def test_who_is_half_in_is_out_when_the_password_changes(company: Company) -> None:
    secret, _ = with_app(with_password(company.bob))
    client = knock(company.bob)
    with opened(None, door="start_up") as call:
        passwords.set_(call, person=company.bob, password="another long one")
    answer = client.post("/sign-in/second", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in")
    assert rules.SIGN_IN_ANEW.code == "people.sign_in.anew"


def test_one_sets_the_app_up_on_the_page(company: Company) -> None:
    client = inside(with_password(company.bob))
    page = client.post("/me/security/app").content.decode()
    assert "<svg" in page
    spelled = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert spelled
    secret = sealing.unseal(Authenticator.objects.get().sealed)
    assert spelled[1] == one_time.spelled(secret)
    assert client.post("/me/security/app/code", {"code": "1"}).status_code == 422
    done = client.post("/me/security/app/code", {"code": code(secret)}).content.decode()
    assert len(re.findall(r"<li><code>\w{5}-\w{5}</code>", done)) == 10
    assert client.post("/me/security/app/removal", {"present": "wrong"}).status_code == 422
    assert client.post("/me/security/app/removal", {"present": PASSWORD}).status_code == 303
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_what_makes_no_sense_is_refused(company: Company) -> None:
    secret, _ = with_app(company.bob)
    for refused, ask in (
        ("people.authenticator.there", lambda call: factors.begin_app(call, person=company.bob)),
        ("people.authenticator.none", lambda call: factors.confirm_app(call, person=company.bob, code=code(secret))),
    ):
        with pytest.raises(Refused) as told, opened(company.bob.pk, door="screen") as call:
            ask(call)
        assert told.value.code == refused


@pytest.mark.parametrize("asked", ["administrators", "everybody"])
def test_of_whom_more_is_asked_sets_it_up_first(company: Company, asked: str) -> None:
    ann = inside(company.ann)
    assert ann.post("/people/sign-ins", {"second_factor": asked}).status_code == 303
    for client, is_meant in ((ann, True), (inside(company.bob), asked == "everybody")):
        answer = client.get("/people/")
        assert answer.status_code == (303 if is_meant else 200)
        assert client.get("/me/security").status_code == 200
    script = ann.get("/people/", headers={"HX-Request": "true"})
    assert (script.status_code, script["HX-Redirect"]) == (403, "/me/security")
    with_app(company.ann)
    assert ann.get("/people/").status_code == 200


def test_only_administrators_see_the_log_and_say_what_is_asked(company: Company) -> None:
    company.grant("people.person.edit", to=company.bob)
    for person in (company.bob, company.carol):
        assert inside(person).get("/people/sign-ins").status_code == 403
        assert inside(person).post("/people/sign-ins", {"second_factor": "everybody"}).status_code == 403
    Client().post("/sign-in", {"email": "alice@firm.example", "password": "wrong"})
    page = inside(company.ann).get("/people/sign-ins?q=alice").content.decode()
    assert "wrong password" in page
    assert "Alice Orlova" in page


def test_an_administrator_helps_who_has_lost_the_phone(company: Company) -> None:
    with_app(with_password(company.bob))
    assert inside(company.carol).post(f"/people/{company.bob.pk}/factors/reset").status_code == 403
    assert inside(company.ann).post(f"/people/{company.bob.pk}/factors/reset").status_code == 303
    client = Client()
    answer = client.post("/sign-in", {"email": company.bob.email, "password": PASSWORD})
    assert answer["Location"] == "/"


def test_one_signs_out_in_another_browser(company: Company) -> None:
    with_password(company.bob)
    form = {"email": company.bob.email, "password": PASSWORD}
    office, phone, library = (Client(headers={"user-agent": name}) for name in ("Office", "Phone", "Library"))
    for client in (office, phone, library):
        client.post("/sign-in", form)
    page = office.get("/me/security").content.decode()
    assert all(name in page for name in ("Office", "Phone", "Library"))
    there = SignedIn.objects.get(browser="Phone")
    office.post("/me/security/sessions/end", {"session": there.pk})
    assert phone.get("/people/").status_code == 302
    assert library.get("/people/").status_code == 200
    office.post("/me/security/sessions/end", {})
    assert library.get("/people/").status_code == 302
    assert office.get("/people/").status_code == 200


def test_a_new_password_ends_other_sessions_and_keeps_this_one(company: Company) -> None:
    with_password(company.bob)
    form = {"email": company.bob.email, "password": PASSWORD}
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/sign-in", form)
    here.post("/me/password", {"present": PASSWORD, "password": "another long one"})
    assert here.get("/people/").status_code == 200
    assert there.get("/people/").status_code == 302
    assert SignedIn.objects.get().session_key == here.session.session_key


def test_nobody_touches_the_keys_and_sessions_of_another(company: Company) -> None:
    theirs = company.bob
    with opened(company.carol.pk, door="rest") as call:
        for ask in (
            lambda: factors.begin_app(call, person=theirs),
            lambda: factors.confirm_app(call, person=theirs, code="1"),
            lambda: factors.renew_codes(call, person=theirs, present=""),
            lambda: factors.remove_app(call, person=theirs, present=""),
            lambda: factors.add_passkey(call, person=theirs, made=None, title=""),  # type: ignore[arg-type]
            lambda: factors.remove_passkey(call, person=theirs, passkey=1, present=""),
            lambda: sessions.end(call, person=theirs, session=1),
            lambda: sessions.end_others(call, person=theirs),
        ):
            with pytest.raises(Forbidden) as told:
                ask()
            assert told.value.code == "people.not_yours"


def test_a_passkey_that_is_none_is_refused(company: Company) -> None:
    client = Client(headers={"HX-Request": "true"})
    client.post("/sign-in/passkey")
    for answer in ("", "[]", "{}", '{"id": "x", "rawId": "eA", "response": {}}'):
        refused = client.post("/sign-in/passkey/proof", {"answer": answer})
        assert refused.status_code == 422
        assert "people.passkey.wrong" in refused["HX-Trigger"]


def test_a_wrong_first_code_is_told_and_other_recovery_codes_end_the_old_ones(company: Company) -> None:
    with_password(company.bob)
    with opened(company.bob.pk, door="screen") as call:
        secret = factors.begin_app(call, person=company.bob)
        with pytest.raises(Refused) as told:
            factors.confirm_app(call, person=company.bob, code="abc")
        assert told.value.code == "people.code.wrong"
        old = factors.confirm_app(call, person=company.bob, code=code(secret))
        new = factors.renew_codes(call, person=company.bob, present=PASSWORD)
    assert not set(old) & set(new)
    assert set(RecoveryCode.objects.values_list("digest", flat=True)) == {one_time.digest(one) for one in new}


def test_of_an_administrator_only_another_takes_keys_and_sessions(company: Company) -> None:
    company.grant("people.person.edit", to=company.bob)
    with opened(company.bob.pk, door="screen") as call:
        assert sessions.end_all(call, person=company.carol) == 0
        factors.reset(call, person=company.carol)
        for ask in (
            lambda: sessions.end_all(call, person=company.ann),
            lambda: factors.reset(call, person=company.ann),
            lambda: sessions.demand(call, second_factor="nobody"),
        ):
            with pytest.raises(Forbidden) as told:
                ask()
            assert told.value.code == "people.needs_administrator"
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as told:
        sessions.demand(call, second_factor="dogs")
    assert told.value.code == "people.person.wrong_choice"
