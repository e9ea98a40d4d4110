"""What waits for a person stands in the inbox, in order of urgency, and is answered there."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from potok.notify import inbox
from potok.notify.inbox import Line
from potok.notify.models import Notice
from potok.processes.models import Assignee, Assignment
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

NOW = datetime(2026, 11, 18, 14, 0, tzinfo=ZoneInfo("Europe/Moscow"))  # a Wednesday
SIGN = """
definition: sign
title: Signature
do:
  - block: approve
    with: {to: user_%(to)d, title: Sign the act, comment: on_reject, due: '=dateadd({=System:Now}, "2d")'}
"""


def line(key: str, *, due: datetime | None = None, at: datetime = NOW, notice: Notice | None = None) -> Line:
    return Line(key, "task", key, "", "", at, due, notice=notice)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (NOW - timedelta(minutes=1), inbox.OVERDUE),
        (NOW + timedelta(hours=1), inbox.TODAY),
        (NOW + timedelta(days=4), inbox.WEEK),
        (NOW + timedelta(days=5), inbox.LATER),
        (None, inbox.SOME_DAY),
    ],
)
def test_a_deadline_decides_the_group(due: datetime | None, group: str) -> None:
    assert inbox.urgency(line("a", due=due), now=NOW) == group


@pytest.mark.parametrize(("days", "group"), [(0, inbox.TODAY), (1, inbox.EARLIER)])
def test_a_notice_stands_by_the_day_it_came(days: int, group: str) -> None:
    told = line("notice:1", at=NOW - timedelta(days=days), notice=Notice())
    assert inbox.urgency(told, now=NOW) == group


@pytest.mark.parametrize(("done", "following"), [("a", "b"), ("b", "c"), ("c", "b"), ("strange", None)])
def test_after_an_answer_the_next_line_opens(done: str, following: str | None) -> None:
    found = inbox.after([line("a"), line("b"), line("c")], done)
    assert (found.key if found else None) == following


def test_the_only_line_has_no_next() -> None:
    assert inbox.after([line("a")], "a") is None


def test_the_page_shows_the_assignment_and_its_form(
    company: Company, publish: Publish, begin: Begin, browser: Browser, ask: str
) -> None:
    begin(publish(ask.format(bob=company.bob.pk, alice=company.alice.pk)))
    page = browser(company.bob).get("/inbox/").content.decode()
    assert "Choose who signs" in page
    assert 'name="sum"' in page
    assert "<b>hurry</b>" in page


def test_others_see_nothing_of_it(company: Company, publish: Publish, begin: Begin, browser: Browser, ask: str) -> None:
    begin(publish(ask.format(bob=company.bob.pk, alice=company.alice.pk)))
    page = browser(company.carol).get("/inbox/?at=assignment:1").content.decode()
    assert "Choose who signs" not in page


def test_the_counter_beside_the_menu_tells_how_much_waits(
    company: Company, publish: Publish, begin: Begin, browser: Browser, ask: str
) -> None:
    begin(publish(ask.format(bob=company.bob.pk, alice=company.alice.pk)))
    assert 'class="count hot">1<' in browser(company.bob).get("/inbox/").content.decode()
    assert 'class="count hot"' not in browser(company.carol).get("/inbox/").content.decode()


def test_the_inbox_says_who_asks_and_until_when(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    begin(publish(SIGN % {"to": company.bob.pk}))
    page = browser(company.bob).get("/inbox/").content.decode()
    assert f"{company.ann} asks you to answer: “Signature”. Deadline:" in page


def test_whoever_began_a_run_sees_whom_it_waits_for(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    begin(publish(SIGN % {"to": company.bob.pk}))
    page = browser(company.ann).get("/inbox/").content.decode()
    assert "You wait for others" in page
    assert "Sign the act" in page
    assert 'class="count hot"' not in page
    assert "Sign the act" not in browser(company.carol).get("/inbox/").content.decode()


def test_assignments_that_take_the_same_answer_are_answered_together(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    definition = publish(SIGN % {"to": company.bob.pk})
    for _ in range(2):
        begin(definition)
    rows = [f"assignment:{one.pk}" for one in Assignment.objects.all()]
    bob, carol = browser(company.bob), browser(company.carol)
    bar = bob.post("/inbox/chosen", {"row": rows}).content.decode()
    assert 'value="answer:approved"' in bar
    carol.post("/inbox/many", {"row": rows, "act": "answer:approved"})
    assert Assignment.objects.filter(status=Assignment.OPEN).count() == 2
    assert "2 lines are done" in bob.post("/inbox/many", {"row": rows, "act": "answer:approved"}).content.decode()
    assert not Assignment.objects.filter(status=Assignment.OPEN).exists()
    again = bob.post("/inbox/many", {"row": rows, "act": "answer:approved"})
    assert (again.status_code, Assignment.objects.filter(status=Assignment.DONE).count()) == (200, 2)


def test_what_needs_a_reason_is_answered_together_with_one(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    definition = publish(SIGN % {"to": company.bob.pk})
    for _ in range(2):
        begin(definition)
    rows, bob = [f"assignment:{one.pk}" for one in Assignment.objects.all()], browser(company.bob)
    given = {"row": rows, "act": "answer:rejected"}
    assert 'value="answer:rejected"' in bob.post("/inbox/chosen", {"row": rows}).content.decode()
    for said in ({}, {"comment": "  "}):
        assert 'name="comment"' in bob.post("/inbox/many", {**given, **said}).content.decode()
    assert Assignment.objects.filter(status=Assignment.OPEN).count() == 2
    assert "2 lines are done" in bob.post("/inbox/many", {**given, "comment": "No seal"}).content.decode()
    parts = Assignee.objects.filter(person=company.bob).values_list("answer", "comment")
    assert list(parts) == [("rejected", "No seal")] * 2
