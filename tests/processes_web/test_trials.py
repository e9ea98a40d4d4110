"""A definition is tried out on a page: questions answered, the clock wound, cases kept and tried."""

import html
import json
import re

import pytest
from django.test import Client

from potok.crm.deals.public import Deal
from potok.processes.models import Assignment, Case, Definition, Instance
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

pytestmark = pytest.mark.usefixtures("deals")

SOURCE = """
definition: sign
title: Signing
record: crm.deal
parameters:
  days: {type: number, title: Days, required: true}
variables:
  who: {type: person, title: Signer}
do:
  - id: signer
    title: Choice of a signer
    block: request_information
    with:
      to: ['{=Document:responsible}']
      title: Choose who signs
      fields: {who: {type: person, title: Signer, required: true}, urgent: {type: yes_no, title: Urgent}}
  - id: agree
    title: Agreement
    block: approve
    with: {to: ['{=Variable:who}'], title: Agree, comment: on_reject, self_approval: true}
  - if:
      - when: '{=agree:approved}'
        do:
          - {id: rest, title: Rest, pause: {for: 5 days, working: true}}
          - id: tell
            title: Word to the manager
            block: notify_person
            with: {to: ['{=Document:responsible}'], text: Signed}
"""


@pytest.fixture
def sign(publish: Publish) -> Definition:
    return publish(SOURCE)


class Page:
    """The page of trials, with the script that it holds."""

    def __init__(self, client: Client, definition: Definition) -> None:
        self.client, self.url = client, f"/definitions/{definition.pk}/trial"
        self.text, self.script = "", ""

    def press(self, act: str, **given: object) -> "Page":
        sent = {
            "the-act": act,
            "the-script": self.script,
            **{name.replace("__", "-"): each for name, each in given.items()},
        }
        answer = self.client.post(self.url, sent, headers={"HX-Request-Type": "partial"})
        assert answer.status_code == 200, answer.headers.get("HX-Trigger")
        self.text = answer.content.decode()
        self.script = html.unescape(re.findall(r'name="the-script" value="([^"]*)"', self.text)[0])
        return self

    def begin(self, **given: object) -> "Page":
        return self.press("begin", the__moment="2026-11-23T10:00", days="3", **given)

    def sign(self, who: int) -> "Page":
        fields = ["who:person:", "urgent:yes_no:"]
        return self.press("answer", the__step="signer", the__answer="done", the__field=fields, who=str(who))


def test_a_run_is_led_by_hand_from_question_to_question(
    company: Company, sign: Definition, deal: Deal, browser: Browser
) -> None:
    page = Page(browser(company.ann), sign).begin(the__record=str(deal.pk))
    assert "It waits: Choice of a signer." in page.text
    assert "Bob Petrov" in page.text
    page.sign(company.carol.pk)
    assert "Carol Belova" in page.text
    page.press("answer", the__step="agree", the__answer="approved")
    assert "It waits: Rest." in page.text
    page.press("wind", the__count="2", the__unit="work_day")
    assert "25.11" in page.text or "25 Nov" in page.text
    following = re.findall(r'name="the-next" value="([^"]*)"', page.text)[0]
    page.press("next", the__next=following)
    assert "It came to its end." in page.text
    assert "Word to the manager" in page.text
    assert "Steps shown: 4 of 4." in page.text
    assert not Instance.objects.exists()
    assert not Assignment.objects.exists()


def test_a_refusal_is_said_under_its_field_and_the_trial_stands_as_before(
    company: Company, sign: Definition, browser: Browser
) -> None:
    page = Page(browser(company.ann), sign).begin(the__initiator=str(company.bob.pk))
    sent = {"the-act": "answer", "the-script": page.script, "the-step": "signer", "the-answer": "done",
            "the-field": ["who:person:"], "who": ""}  # fmt: skip
    answer = page.client.post(page.url, sent)
    assert answer.status_code == 422
    assert "who" in json.loads(answer.headers["HX-Trigger"])["refused"]["places"]


def test_everything_happens_by_itself_and_is_kept_as_a_case(
    company: Company, sign: Definition, browser: Browser
) -> None:
    page = Page(browser(company.ann), sign).begin(the__initiator=str(company.bob.pk))
    page.press("alone")
    assert "It came to its end." in page.text
    cases = f"/definitions/{sign.pk}/cases"
    kept = page.client.post(cases, {"the-script": page.script, "title": "The usual way"}).content.decode()
    assert "The usual way" in kept
    told = page.client.post(f"{cases}/check").content.decode()
    assert "c-done" in told
    sign.draft = SOURCE.replace("text: Signed", "text: Done")
    sign.save()
    told = page.client.post(f"{cases}/check").content.decode()
    assert "<del>Word to the manager: Signed</del>" in told
    assert "<ins>Word to the manager: Done</ins>" in told
    case = Case.objects.get()
    shown = page.client.get(f"{page.url}?case={case.pk}").content.decode()
    assert "It came to its end." in shown
    page.client.post(f"{cases}/{case.pk}/removal")
    assert not Case.objects.exists()


def test_the_record_changes_while_it_is_tried(company: Company, publish: Publish, browser: Browser) -> None:
    wait = "definition: w\ntitle: W\nrecord: crm.deal\ndo:\n  - {id: won, title: Won, wait: {stage: WON}}\n"
    page = Page(browser(company.ann), publish(wait)).press("begin")
    assert "It waits: Won." in page.text
    page.press("change", the__changed="stage", value="WON")
    assert "It came to its end." in page.text
    assert "Stage: Won" in page.text


STAGES = """
definition: lost
title: Lost clients
record: crm.deal
stages:
  call: {title: Call, begin: true, responsible: '{=Workflow:initiator}', results: {ready: {to: offer}, no: {to: lost}}}
  offer: {title: Offer, pause: {for: 3 days}, then: lost}
  lost: {title: Lost, end: true}
"""


def test_a_trial_of_stages_speaks_of_stages(company: Company, publish: Publish, browser: Browser) -> None:
    page = Page(browser(company.ann), publish(STAGES)).press("begin", the__initiator=str(company.bob.pk))
    page.press("alone")
    assert "It came to its end." in page.text
    assert "→ Offer" in page.text
    assert "next_stage" not in page.text.split('id="trial-picture"')[0]
    steps = page.text.split('<ol class="steps"')[1].split("</ol>")[0]
    assert steps.count("<li") == 3


def test_what_was_tried_is_published_with_what_its_cases_do_now(
    company: Company, sign: Definition, browser: Browser
) -> None:
    page = Page(browser(company.ann), sign).begin(the__initiator=str(company.bob.pk)).press("alone")
    cases = f"/definitions/{sign.pk}/cases"
    page.client.post(cases, {"the-script": page.script, "title": "The usual way"})
    Definition.objects.filter(pk=sign.pk).update(draft=SOURCE.replace("text: Signed", "text: Done"))
    assert page.client.post(f"{cases}/publication", {"note": "Other words"}).status_code == 422
    page.client.post(f"{cases}/publication", {"note": "Other words", "accept": "1"})
    assert [(one.number, one.note) for one in sign.versions.all()] == [(2, "Other words"), (1, "")]
    listed = page.client.get(f"/definitions/{sign.pk}/versions/").content.decode()
    assert "Other words" in listed


def test_the_diagram_shows_what_is_behind_and_what_waits(company: Company, sign: Definition, browser: Browser) -> None:
    page = Page(browser(company.ann), sign).begin(the__initiator=str(company.bob.pk)).sign(company.carol.pk)
    told = json.loads(html.unescape(re.findall(r'data-picture="([^"]*)"', page.text)[0]))["marks"]
    assert {name: mark["state"] for name, mark in told.items()} == {
        "signer": "done", "agree": "person", "rest": "todo", "tell": "todo",
    }  # fmt: skip
    page.press("alone")
    told = json.loads(html.unescape(re.findall(r'data-picture="([^"]*)"', page.text)[0]))["marks"]
    assert told["do.2.if.0"]["state"] == "done"


STRANGE = [
    "get trial", "post trial", "post cases", "post cases/check", "post cases/1/removal", "post cases/publication",
]  # fmt: skip


def test_a_stranger_sees_and_takes_no_ready_process(company: Company, browser: Browser) -> None:
    stranger = browser(company.carol)
    assert stranger.get("/definitions/ready/").status_code == 403
    assert stranger.post("/definitions/ready/leave", {"title": "Mine"}).status_code == 403
    assert "Leave request" in browser(company.ann).get("/definitions/ready/?language=en").content.decode()
    assert not Definition.objects.exists()


@pytest.mark.parametrize("asked", STRANGE)
def test_a_stranger_is_refused(company: Company, sign: Definition, browser: Browser, asked: str) -> None:
    method, path = asked.split()
    answer = getattr(browser(company.carol), method)(
        f"/definitions/{sign.pk}/{path}", {"the-act": "begin", "title": "T"}
    )
    assert answer.status_code == 403
    assert not Case.objects.exists()
