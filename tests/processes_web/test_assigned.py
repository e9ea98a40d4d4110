"""Assignments in a list: taken, answered and handed over, one or many; what a head may do with those of his people."""

import pytest

from potok.people.public import Extent
from potok.processes.models import Assignee, Assignment
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

QUEUE = """
definition: queue
title: Queue
do:
  - block: approve
    with: {to: [user_%(bob)d, user_%(fay)d], title: Look at the order, give: queue}
"""
PLAIN = """
definition: plain
title: Plain
do:
  - block: approve
    with: {to: user_%(bob)d, title: Approve the act, comment: on_reject, private: true, description: The code is 7}
"""


@pytest.fixture
def plain(company: Company, publish: Publish, begin: Begin) -> list[Assignment]:
    definition = publish(PLAIN % {"bob": company.bob.pk})
    for _ in range(3):
        begin(definition)
    return list(Assignment.objects.order_by("pk"))


@pytest.fixture
def queued(company: Company, publish: Publish, begin: Begin) -> Assignment:
    begin(publish(QUEUE % {"bob": company.bob.pk, "fay": company.fay.pk}))
    return Assignment.objects.latest("pk")


def test_many_are_answered_at_once_and_each_tells_what_became_of_it(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    client = browser(company.bob)
    rows = [one.pk for one in plain]
    bar = client.post("/assignments/chosen", {"row": rows, "view": "mine"}).content.decode()
    assert 'value="approved"' in bar
    client.post(f"/assignments/{plain[0].pk}/answer", {"answer": "approved"})
    refused = client.post("/assignments/chosen/answer", {"row": rows, "answer": "rejected"}).content.decode()
    assert "Done: 0 of 3" in refused
    assert "A comment is needed here" in refused
    done = client.post(
        "/assignments/chosen/answer", {"row": rows, "answer": "rejected", "comment": "No"}
    ).content.decode()
    assert "Done: 2 of 3" in done
    assert "Bob Petrov answered before you" in done
    assert not Assignment.objects.filter(status="open").exists()


def test_the_inbox_leads_from_one_assignment_to_all_that_are_like_it(
    plain: list[Assignment], queued: Assignment, company: Company, browser: Browser
) -> None:
    client = browser(company.bob)
    client.post(f"/assignments/{queued.pk}/claim")
    inbox = client.get(f"/inbox/?at=assignment:{plain[1].pk}").content.decode()
    assert "3 assignments like this wait for you" in inbox
    assert f"/assignments/?view=mine&amp;like={plain[1].pk}" in inbox
    alike = client.get(f"/assignments/?view=mine&like={plain[1].pk}").content.decode()
    assert alike.count('name="row"') == 3
    assert "Look at the order" not in alike
    assert client.get("/assignments/?view=mine").content.decode().count('name="row"') == 4
    assert browser(company.carol).get(f"/assignments/?view=mine&like={plain[1].pk}").status_code == 404


def test_a_queue_is_seen_and_taken_from(queued: Assignment, company: Company, browser: Browser) -> None:
    bob, fay = browser(company.bob), browser(company.fay)
    assert "Look at the order" not in bob.get("/assignments/").content.decode()
    assert "Look at the order" in bob.get("/assignments/?view=queue").content.decode()
    told = bob.post("/assignments/chosen/claim", {"row": [queued.pk], "view": "queue"}).content.decode()
    assert "Done: 1 of 1" in told
    assert "Look at the order" in bob.get("/assignments/").content.decode()
    page = fay.get(f"/assignments/{queued.pk}").content.decode()
    assert "Taken: Bob Petrov." in page
    assert 'name="answer"' not in page
    bob.post(f"/assignments/{queued.pk}/claim", {"back": "1"})
    assert 'name="answer"' in fay.get(f"/assignments/{queued.pk}").content.decode()


def test_a_head_moves_the_deadline_the_text_and_the_people(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    client, url = browser(company.dan), f"/assignments/{plain[0].pk}"
    assert "Deadline and text" in client.get(url).content.decode()
    given = {"title": "Approve it today", "description": "Soon", "due_at": "2099-01-01T10:00"}
    assert client.post(f"{url}/terms", given).status_code == 204
    client.post(f"{url}/asked", {"how": "add", "person": company.fay.pk})
    client.post(f"{url}/asked", {"how": "excuse", "person": company.bob.pk})
    client.post(f"{url}/asked", {"how": "reassign", "person": company.fay.pk, "to": company.carol.pk})
    assert client.post(f"{url}/reminder").status_code == 204
    page = client.get(url).content.decode()
    for line in (
        "Dan Gromov sets a deadline",
        "Dan Gromov changes the text",
        "Dan Gromov asks one more person: Fay Titova",
        "Dan Gromov asks no more: Bob Petrov",
        "Dan Gromov gives it to somebody else: Carol Belova instead of Fay Titova",
        "Dan Gromov reminds: Carol Belova",
    ):
        assert line in page
    wrong = client.post(f"{url}/terms", {"title": "x", "due_at": "2001-01-01T10:00"})
    assert wrong.status_code == 422


def test_the_assignments_of_ones_people_are_given_to_others(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    client = browser(company.alice)
    assert client.get("/assignments/?view=people").content.decode().count("Approve the act") >= 3
    given = {"row": [one.pk for one in plain], "view": "people", "to": company.fay.pk}
    told = client.post("/assignments/chosen/delegation", given).content.decode()
    assert "Done: 3 of 3" in told
    assert set(Assignee.objects.values_list("person", flat=True)) == {company.fay.pk}


def test_a_private_description_is_for_those_who_are_asked(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    url = f"/assignments/{plain[0].pk}"
    assert "The code is 7" in browser(company.bob).get(url).content.decode()
    assert "The code is 7" not in browser(company.ann).get(url).content.decode()


def test_everything_is_handed_over_with_a_list_before_and_results_after(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    client = browser(company.ann)
    before = client.get(f"/assignments/handover?person={company.bob.pk}").content.decode()
    assert before.count("Approve the act") == 3
    given = {"person": company.bob.pk, "to": company.fay.pk}
    after = client.post("/assignments/handover/act", given).content.decode()
    assert after.count("Handed over") == 3
    assert "Change it by hand" in after


def test_whoever_is_from_outside_has_no_list_and_does_nothing(
    plain: list[Assignment], company: Company, browser: Browser
) -> None:
    client, given = browser(company.eve), {"row": [plain[0].pk], "answer": "approved"}
    assert client.get("/assignments/").status_code == 403
    assert client.post("/assignments/chosen/answer", given).status_code == 403
    assert client.post(f"/assignments/{plain[0].pk}/claim").status_code == 404
    assert Assignment.objects.filter(status="open").count() == 3


def test_a_stranger_finds_no_list_and_does_nothing(plain: list[Assignment], company: Company, browser: Browser) -> None:
    client, url = browser(company.carol), f"/assignments/{plain[0].pk}"
    assert "Approve the act" not in client.get("/assignments/?view=people").content.decode()
    assert client.post("/assignments/chosen", {"row": [plain[0].pk]}).content == b""
    told = client.post("/assignments/chosen/answer", {"row": [plain[0].pk], "answer": "approved"}).content.decode()
    assert "Done: 0 of 0" in told
    for path in ("/claim", "/terms", "/asked", "/reminder"):
        assert client.post(url + path, {"person": "1"}).status_code == 404
    assert client.get(f"/assignments/handover?person={company.bob.pk}").status_code == 404
    assert client.post("/assignments/handover/act", {"person": company.bob.pk, "to": company.eve.pk}).status_code == 404


def test_who_may_hand_over_only_for_his_people_sees_no_others(company: Company, browser: Browser) -> None:
    company.grant("processes.handover.carry_out", extent=Extent.DEPARTMENT, to=company.bob)
    assert browser(company.bob).get(f"/assignments/handover?person={company.carol.pk}").status_code == 404
    assert browser(company.bob).get(f"/assignments/handover?person={company.alice.pk}").status_code == 200
