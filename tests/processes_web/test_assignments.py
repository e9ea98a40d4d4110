"""An assignment is answered on its page, with drafts, narrowed fields and everything typed kept."""

import json
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.processes.models import Assignee, Assignment, Draft, Instance
from potok.processes.operations import assignments
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser


@pytest.fixture
def asked(company: Company, publish: Publish, begin: Begin, ask: str) -> Assignment:
    begin(publish(ask.format(bob=company.bob.pk, alice=company.alice.pk)))
    return Assignment.objects.get()


def places(answer: Any) -> dict[str, str]:
    told: dict[str, str] = json.loads(answer.headers["HX-Trigger"])["refused"]["places"]
    return told


def test_an_answer_leads_on_and_is_kept(asked: Assignment, company: Company, browser: Browser) -> None:
    given = {"answer": "done", "who": company.alice.pk, "sum": "12", "comment": "Fine", "next": "/inbox/?at=task:5"}
    answer = browser(company.bob).post(f"/assignments/{asked.pk}/answer", given)
    assert answer.headers["HX-Redirect"] == "/inbox/?at=task:5"
    part = Assignee.objects.get(assignment=asked)
    assert (part.answer, part.comment, part.values["sum"]) == ("done", "Fine", 12)
    assert Assignment.objects.latest("pk").title == "Approve the contract"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", ""])
def test_an_answer_never_leads_out_of_the_product(
    asked: Assignment, company: Company, browser: Browser, elsewhere: str
) -> None:
    given = {"answer": "done", "who": company.alice.pk, "next": elsewhere}
    answer = browser(company.bob).post(f"/assignments/{asked.pk}/answer", given)
    assert answer.headers["HX-Redirect"] == "/inbox/"


def test_all_wrong_fields_are_told_at_once_and_nothing_is_drawn_anew(
    asked: Assignment, company: Company, browser: Browser
) -> None:
    answer = browser(company.bob).post(f"/assignments/{asked.pk}/answer", {"answer": "done", "sum": "many"})
    assert answer.status_code == 422
    assert answer.headers["HX-Reswap"] == "none"
    assert set(places(answer)) == {"who", "sum"}


def test_only_those_whom_the_definition_offers_may_be_picked(
    asked: Assignment, company: Company, browser: Browser
) -> None:
    client = browser(company.bob)
    offered = client.get(f"/assignments/{asked.pk}/people?field=who&q=").content.decode()
    assert "Alice Orlova" in offered
    assert "Carol Belova" not in offered
    answer = client.post(f"/assignments/{asked.pk}/answer", {"answer": "done", "who": company.carol.pk})
    assert set(places(answer)) == {"who"}


def test_a_half_filled_form_opens_again_on_another_machine(
    asked: Assignment, company: Company, browser: Browser
) -> None:
    typed = {"sum": "17", "who": company.alice.pk, "comment": "Half of it"}
    assert browser(company.bob).post(f"/assignments/{asked.pk}/draft", typed).status_code == 204
    page = browser(company.bob).get("/inbox/").content.decode()
    assert 'value="17"' in page
    assert "Half of it" in page
    assert f'name="who" value="{company.alice.pk}"' in page


def test_an_answer_ends_the_draft(asked: Assignment, company: Company, browser: Browser) -> None:
    client = browser(company.bob)
    client.post(f"/assignments/{asked.pk}/draft", {"sum": "17"})
    client.post(f"/assignments/{asked.pk}/answer", {"answer": "done", "who": company.alice.pk})
    assert not Draft.objects.exists()


def test_a_request_sent_twice_is_answered_twice_and_done_once(
    asked: Assignment, company: Company, browser: Browser
) -> None:
    client = browser(company.bob)
    given = {"answer": "done", "who": company.alice.pk, "key": "one-and-the-same"}
    assert [client.post(f"/assignments/{asked.pk}/answer", given).status_code for _ in range(2)] == [204, 204]
    assert Assignment.objects.count() == 2


def test_a_rejection_needs_a_comment(asked: Assignment, company: Company, browser: Browser) -> None:
    browser(company.bob).post(f"/assignments/{asked.pk}/answer", {"answer": "done", "who": company.alice.pk})
    approval = Assignment.objects.latest("pk")
    answer = browser(company.alice).post(f"/assignments/{approval.pk}/answer", {"answer": "rejected"})
    assert set(places(answer)) == {"comment"}
    page = browser(company.alice).get(f"/assignments/{approval.pk}").content.decode()
    assert page.index('value="approved"') < page.index('value="rejected"')


@pytest.mark.parametrize(
    ("path", "given"),
    [("", None), ("/people?field=who", None), ("/answer", {"answer": "done"}), ("/draft", {"sum": "1"}),
     ("/delegation", {"to": "1"})],
)  # fmt: skip
@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_finds_nothing(
    asked: Assignment, company: Company, browser: Browser, who: str, path: str, given: Any
) -> None:
    client = browser(getattr(company, who))
    url = f"/assignments/{asked.pk}{path}"
    answer = client.get(url) if given is None else client.post(url, given)
    assert answer.status_code == (403 if (who, path) == ("eve", "/delegation") else 404)
    assert Assignee.objects.get(assignment=asked).status == Assignee.OPEN


def test_handing_over_takes_it_out_of_one_inbox_and_into_another(
    asked: Assignment, company: Company, browser: Browser
) -> None:
    browser(company.bob).post(f"/assignments/{asked.pk}/delegation", {"to": company.carol.pk})
    assert "Choose who signs" in browser(company.carol).get("/inbox/").content.decode()
    assert "Choose who signs" not in browser(company.bob).get("/inbox/?kind=assignment").content.decode()


def test_who_answered_before_is_said_to_the_late(asked: Assignment, company: Company, browser: Browser) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="done", values={"who": company.alice.pk})
    answer = browser(company.bob).post(f"/assignments/{asked.pk}/answer", {"answer": "done", "who": company.alice.pk})
    assert answer.status_code == 409
    assert Instance.objects.count() == 1
