"""The page of notices, the way to the place, and the toast of arrival."""

import json

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.notify.public import notices, unseen_count
from potok.people.public import Person
from tests.company import Company


def inside(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(company: Company, text: str, *, url: str = "/people/") -> int:
    with opened(None, door="screen") as call:
        return notices.send(call, to=company.bob.pk, text=text, why="You are the observer", url=url)


def test_the_page_says_what_and_why_and_the_rail_counts(company: Company) -> None:
    sent(company, "The <b>task</b> is done")
    page = inside(company.bob).get("/notices/").content.decode()
    assert "The &lt;b&gt;task&lt;/b&gt; is done" in page
    assert "You are the observer" in page
    assert "Mark all as read" in page


def test_following_a_notice_reads_it(company: Company) -> None:
    notice = sent(company, "Look")
    answer = inside(company.bob).get(f"/notices/{notice}")
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert unseen_count(person=company.bob.pk) == 0


def test_nobody_follows_anothers_notice(company: Company) -> None:
    notice = sent(company, "Look")
    assert inside(company.carol).get(f"/notices/{notice}").status_code == 404
    assert unseen_count(person=company.bob.pk) == 1


def test_all_are_read_by_one_button(company: Company) -> None:
    sent(company, "Look")
    assert inside(company.bob).post("/notices/seen").status_code == 303
    assert unseen_count(person=company.bob.pk) == 0


@pytest.mark.parametrize(("texts", "said"), [(["One"], "One"), (["One", "Two", "Three"], "Three And 2 more notices.")])
def test_what_comes_is_told_by_one_toast_once(company: Company, texts: list[str], said: str) -> None:
    client = inside(company.bob)
    first = sent(company, "Old")
    for text in texts:
        last = sent(company, text)
    answer = client.get(f"/notices/arrivals?after={first}")
    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == said
    assert f"after={last}" in answer.content.decode()
    assert "HX-Trigger" not in client.get(f"/notices/arrivals?after={last}")


def test_a_long_list_goes_on_by_pages(company: Company) -> None:
    for place in range(52):
        sent(company, f"Notice {place:02}.")
    client = inside(company.bob)
    page = client.get("/notices/")
    assert "Notice 51." in page.content.decode()
    assert "Notice 01." not in page.content.decode()
    assert "Notice 01." in client.get("/notices/", {"before": page.context["more"]}).content.decode()
