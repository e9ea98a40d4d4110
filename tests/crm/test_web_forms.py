"""Public forms: anybody may send one, and nobody does harm with it."""

import json
from typing import Any

import pytest
from django.test import Client

from potok.crm.activities.models import Activity
from potok.crm.leads import form_rules
from potok.crm.leads.models import Lead, WebForm
from potok.crm.leads.operations import forms
from potok.crm.leads.web import public_form
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refusals
from potok.notify.public import Notice
from tests.company import Company
from tests.crm.test_activities import browser
from tests.records.conftest import refused

ASKED = [{"name": "name", "required": True}, {"name": "phone", "required": True}, {"name": "comment"}]
SENT = {"name": "Vera", "phone": "+7 812 000-11-01", "comment": "A fan hums", "consent": "1"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ([{"name": "name"}], "crm.web_form.unreachable"),
        ([{"name": "phone"}, {"name": "password"}], "crm.web_form.unknown_field"),
    ],
)
def test_a_form_asks_only_what_makes_sense(fields: list[dict[str, Any]], code: str) -> None:
    with refused(code):
        form_rules.asked(fields)


@pytest.mark.parametrize("thanks", ["javascript://x", "ftp://firm.example"])
def test_whoever_sent_it_is_led_to_pages_only(thanks: str) -> None:
    with refused("crm.web_form.wrong_address"):
        form_rules.led_to(thanks)


def test_a_form_has_a_name() -> None:
    with refused("crm.web_form.untitled"):
        form_rules.titled(" ")


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refusals) as caught:
        form_rules.read(ASKED, {"name": "Vera", "comment": "x" * 9_999}, agreed=False)
    assert [(one.place, one.code) for one in caught.value] == [
        ("phone", "crm.web_form.needed"),
        ("comment", "crm.web_form.too_long"),
        ("consent", "crm.web_form.disagreed"),
    ]


def test_what_the_form_does_not_ask_is_not_read() -> None:
    assert form_rules.read(ASKED, {**SENT, "responsible": "1", "email": "a@b.example"}, agreed=True) == {
        "name": "Vera", "phone": "+7 812 000-11-01", "comment": "A fan hums",
    }  # fmt: skip


# ----- the page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def form(firm: Company) -> WebForm:
    with opened(None, door="screen") as call:
        return forms.add(call, title="Call me", fields=ASKED, consent="I agree", queue=[firm.bob.pk, firm.fay.pk])


def send(form: WebForm, **more: Any) -> Any:
    return Client(enforce_csrf_checks=True).post(f"/f/{form.secret}", {**SENT, **more})


pytestmark = pytest.mark.django_db


def test_anybody_sends_a_form_and_a_lead_comes_to_those_who_answer_in_turn(form: WebForm, firm: Company) -> None:
    page = Client().get(f"/f/{form.secret}")
    assert page.status_code == 200
    assert b"I agree" in page.content
    answer = send(form, key="a")
    assert (answer.status_code, answer["Location"]) == (303, f"/f/{form.secret}/thanks")
    assert Client().get(answer["Location"]).status_code == 200
    send(form, key="b", phone="+7 812 000-11-02")
    assert {lead.responsible_id for lead in Lead.objects.all()} == {firm.bob.pk, firm.fay.pk}
    lead = Lead.objects.order_by("pk")[0]
    assert (lead.title, lead.name, lead.source, lead.created_by) == ("Call me", "Vera", "WEBFORM", None)
    assert Notice.objects.count() == 2


def test_a_form_sent_twice_is_one_request(form: WebForm) -> None:
    send(form, key="same")
    send(form, key="same")
    assert (Lead.objects.count(), Activity.objects.count()) == (1, 1)


def test_json_is_taken_too(form: WebForm) -> None:
    answer = Client().post(f"/f/{form.secret}", json.dumps({**SENT, "consent": True}), content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    wrong = Client().post(f"/f/{form.secret}", json.dumps({"name": "Vera"}), content_type="application/json")
    assert wrong.status_code == 422
    assert set(wrong.json()["errors"]) == {"phone", "consent"}
    assert Lead.objects.count() == 1


def test_what_is_wrong_stands_under_its_field_and_what_was_typed_stays(form: WebForm) -> None:
    answer = send(form, phone="abc", consent="")
    assert answer.status_code == 422
    assert b'value="abc"' in answer.content
    answer = send(form, phone="abc")
    assert answer.status_code == 422
    assert not Lead.objects.exists()


def test_what_is_sent_is_shown_as_text_wherever_it_goes(form: WebForm, firm: Company) -> None:
    evil = "<script>alert(1)</script>"
    page = send(form, name=evil, phone="")
    assert evil not in page.content.decode()
    send(form, name=evil, comment=evil)
    for act in ("see", "edit"):
        firm.grant(f"crm.lead.{act}")
        firm.grant(f"crm.activity.{act}")
    lead, activity = Lead.objects.get(), Activity.objects.get()
    for path in (
        "/leads/",
        f"/leads/{lead.pk}/",
        f"/leads/{lead.pk}/?tab=tasks",
        f"/activities/{activity.pk}/",
        "/inbox/",
    ):
        assert evil not in browser(firm.bob, script=False).get(path).content.decode(), path


def test_whoever_fills_in_what_nobody_sees_is_thanked_and_forgotten(form: WebForm) -> None:
    answer = send(form, **{public_form.TRAP: "http://spam.example"})
    assert answer.status_code == 303
    assert not Lead.objects.exists()


def test_one_address_sends_a_handful_and_then_waits(form: WebForm) -> None:
    statuses = [send(form, key=str(n)).status_code for n in range(public_form.OFTEN.size + 1)]
    assert statuses == [303] * public_form.OFTEN.size + [429]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("x" * (public_form.BODY_MAX_BYTES + 1), "application/x-www-form-urlencoded", 413),
        ("not json", "application/json", 400),
        ("[1]", "application/json", 400),
        ("[" * 20_000, "application/json", 400),
        ('{"name": {"a": [1]}, "phone": 5, "consent": true}', "application/json", 422),
        ("name=%00%ff", "application/x-www-form-urlencoded", 422),
    ],
)
def test_nonsense_is_answered_calmly(form: WebForm, body: str, kind: str, status: int) -> None:
    assert Client().post(f"/f/{form.secret}", body, content_type=kind).status_code == status
    assert not Lead.objects.exists()


def test_a_closed_form_and_a_guessed_one_are_not_there(form: WebForm) -> None:
    with opened(None, door="screen") as call:
        forms.close(call, form=form)
    assert Client().get(f"/f/{form.secret}").status_code == 404
    assert send(form).status_code == 404
    assert Client().get("/f/guess").status_code == 404
    with opened(None, door="screen") as call:
        forms.open_(call, form=form)
    assert Client().get(f"/f/{form.secret}").status_code == 200


def test_a_form_leads_to_the_page_of_the_firm(form: WebForm) -> None:
    with opened(None, door="screen") as call:
        forms.change(call, form=form, title="Call me", fields=ASKED, thanks="https://firm.example/thanks")
    assert send(form)["Location"] == "https://firm.example/thanks"


# ----- keeping forms --------------------------------------------------------------------------------------------------


def test_who_keeps_forms_makes_and_changes_them_on_screens(firm: Company) -> None:
    firm.grant("crm.web_form.edit", to=firm.bob)
    client = browser(firm.bob)
    given = {
        "title": "Ask us", "ask.phone": "required", "ask.name": "asked", "source": "WEB", "queue": [str(firm.bob.pk)],
        "consent": "Yes", "thanks": "Thank you",
    }  # fmt: skip
    assert client.get("/settings/forms/new").status_code == 200
    client.post("/settings/forms/new", given)
    form = WebForm.objects.get()
    assert form.fields == [{"name": "name", "required": False}, {"name": "phone", "required": True}]
    client.post(f"/settings/forms/{form.pk}", {**given, "title": "Ask"})
    form.refresh_from_db()
    assert (form.title, form.queue) == ("Ask", [firm.bob.pk])
    assert f"/f/{form.secret}" in client.get("/settings/forms/").content.decode()
    client.post(f"/settings/forms/{form.pk}/closure")
    assert not WebForm.objects.get().is_open


def test_a_stranger_keeps_no_forms(form: WebForm, firm: Company) -> None:
    with opened(firm.carol.pk, door="screen") as call:
        asked: list[tuple[Any, dict[str, Any]]] = [
            (forms.add, {"title": "x", "fields": ASKED}),
            (forms.change, {"form": form, "title": "x", "fields": ASKED}),
            (forms.close, {"form": form}),
            (forms.open_, {"form": form}),
            (forms.take, {"form": form, "answers": SENT, "agreed": True}),
        ]
        for verb, given in asked:
            [answer] = verb.many([(call, given)])
            assert isinstance(answer, Forbidden)
    for path in ("", "new", str(form.pk)):
        assert browser(firm.carol).get(f"/settings/forms/{path}").status_code == 403
