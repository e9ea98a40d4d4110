"""Runs in words, for those who take part or look after them; incidents mended, runs ended."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F

from potok.kit import clock
from potok.people.public import Extent
from potok.processes.models import Assignee, Assignment, Incident, Instance
from potok.processes.permissions import DIRECT, MEND, SEE, TERMINATE
from potok.ui.words import NBSP
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

BROKEN = """
definition: broken
title: Broken
variables:
  nobody: {type: person, title: Nobody}
do:
  - id: form
    title: Ask nobody
    block: request_information
    with: {to: "{=Variable:nobody}", title: Somebody there, fields: {a: {type: text, title: A}}}
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def running(company: Company, publish: Publish, begin: Begin, ask: str) -> Instance:
    return begin(publish(ask.format(bob=company.bob.pk, alice=company.alice.pk)))


@pytest.fixture
def broken(company: Company, publish: Publish, begin: Begin) -> Incident:
    begin(publish(BROKEN))
    return Incident.objects.get()


def test_the_page_says_who_it_waits_for_and_what_comes_next(
    running: Instance, company: Company, browser: Browser
) -> None:
    page = browser(company.bob).get(f"/instances/{running.pk}/").content.decode()
    assert "Waits for <b>you</b>" in page
    assert "Next: “Approval”" in page
    page = browser(company.ann).get(f"/instances/{running.pk}/").content.decode()
    assert "<b>Bob Petrov</b>" in page


@pytest.mark.parametrize(("finished", "said"), [(2, "day: "), (3, "day, usually 4 hours: ")])
def test_the_page_says_how_long_a_step_usually_takes_when_enough_were_answered(
    finished: int, said: str, running: Instance, begin: Begin, company: Company, browser: Browser
) -> None:
    for _ in range(finished):
        begin(running.definition)
    past = Assignment.objects.exclude(instance=running)
    past.update(status=Assignment.DONE, closed_at=F("opened_at") + timedelta(hours=4))
    Assignment.objects.filter(instance=running).update(opened_at=clock.now() - timedelta(days=1))
    page = browser(company.bob).get(f"/instances/{running.pk}/").content.decode().replace(NBSP, " ")
    assert f"Waits for <b>you</b> 1 {said}" in page


def test_a_run_that_everybody_has_answered_waits_for_nobody(
    running: Instance, company: Company, browser: Browser
) -> None:
    Assignee.objects.update(status=Assignee.DONE)
    page = browser(company.bob).get(f"/instances/{running.pk}/").content.decode()
    assert "Waits" not in page.partition('class="words')[2].partition("</p>")[0]


def test_the_journal_tells_answers_with_names_and_comments(
    running: Instance, company: Company, browser: Browser
) -> None:
    asked = Assignment.objects.get()
    given = {"answer": "done", "who": company.alice.pk, "comment": "As agreed"}
    browser(company.bob).post(f"/assignments/{asked.pk}/answer", given)
    page = browser(company.ann).get(f"/instances/{running.pk}/").content.decode()
    assert page.index("Approve the contract</b>") < page.index("As agreed") < page.index("starts the process")
    assert "Alice Orlova" in page
    assert 'Signer: <b class="b">Alice Orlova</b>' in page


# RJ-4, RJ-8
def test_a_stranger_sees_neither_the_page_nor_a_line(running: Instance, company: Company, browser: Browser) -> None:
    client = browser(company.carol)
    assert client.get(f"/instances/{running.pk}/").status_code == 404
    assert "Signing of a contract" not in client.get("/instances/?view=all").content.decode()


def test_a_permission_to_see_reaches_as_far_as_its_extent(
    running: Instance, company: Company, browser: Browser
) -> None:
    company.grant(SEE, extent=Extent.OWN, to=company.fay)
    assert browser(company.fay).get(f"/instances/{running.pk}/").status_code == 404
    company.grant(SEE, extent=Extent.ALL, to=company.carol)
    assert browser(company.carol).get(f"/instances/{running.pk}/").status_code == 200


def test_the_values_are_for_those_who_look_after_processes(
    running: Instance, company: Company, browser: Browser
) -> None:
    asked = Assignment.objects.get()
    browser(company.bob).post(
        f"/assignments/{asked.pk}/answer", {"answer": "done", "who": company.alice.pk, "sum": "77"}
    )
    assert "<dd>77</dd>" in browser(company.ann).get(f"/instances/{running.pk}/").content.decode()
    assert "<dd>77</dd>" not in browser(company.bob).get(f"/instances/{running.pk}/").content.decode()


def test_whoever_may_ends_a_run_and_the_assignment_is_taken_back(
    running: Instance, company: Company, browser: Browser
) -> None:
    assert browser(company.bob).post(f"/instances/{running.pk}/termination").status_code == 403
    company.grant(TERMINATE)
    browser(company.ann).post(f"/instances/{running.pk}/termination", {"reason": "Not needed"})
    running.refresh_from_db()
    assert running.is_over
    assert Assignment.objects.get().status == Assignment.WITHDRAWN
    assert "Ended early" in browser(company.ann).get(f"/instances/{running.pk}/").content.decode()


def test_a_failure_is_shown_with_what_to_do_and_is_tried_again(
    broken: Incident, company: Company, browser: Browser
) -> None:
    page = browser(company.ann).get(f"/instances/{broken.instance_id}/").content.decode()
    assert broken.code in page
    assert "Try again" in page
    assert "Broken" in browser(company.ann).get("/instances/?view=incident").content.decode()
    browser(company.ann).post(f"/incidents/{broken.pk}/resolution", {"how": "retry"})
    broken.refresh_from_db()
    assert broken.resolution == "retried"
    assert Incident.objects.filter(resolved_at=None).count() == 1


def test_a_failed_step_may_be_skipped(broken: Incident, company: Company, browser: Browser) -> None:
    browser(company.ann).post(f"/incidents/{broken.pk}/resolution", {"how": "skip"})
    assert Instance.objects.get().is_over


def test_a_stranger_mends_nothing(broken: Incident, company: Company, browser: Browser) -> None:
    company.grant(MEND, extent=Extent.OWN, to=company.carol)
    answer = browser(company.carol).post(f"/incidents/{broken.pk}/resolution", {"how": "skip"})
    assert answer.status_code == 403
    broken.refresh_from_db()
    assert broken.resolved_at is None


def test_a_list_of_runs_costs_the_same_for_one_and_for_ten(
    company: Company, publish: Publish, begin: Begin, browser: Browser, ask: str, django_assert_max_num_queries: object
) -> None:
    definition = publish(ask.format(bob=company.bob.pk, alice=company.alice.pk))
    for _ in range(10):
        begin(definition)
    client = browser(company.ann)
    client.get("/instances/")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get("/instances/")


def test_a_run_that_an_operator_suspended_does_not_blame_the_trash(
    publish: Publish, begin: Begin, company: Company, browser: Browser
) -> None:
    instance = begin(publish("definition: nap\ntitle: Nap\ndo:\n  - title: Sleep\n    pause: {for: 2 days}\n"))
    browser(company.ann).post(f"/instances/{instance.pk}/rest", {"how": "suspend"})
    shown = browser(company.ann).get(f"/instances/{instance.pk}/").content.decode()
    assert "Nothing wakes it until somebody lets it go on." in shown
    assert "trash" not in shown


def test_a_run_without_people_that_failed_is_listed_as_failed(
    publish: Publish, begin: Begin, company: Company, browser: Browser
) -> None:
    source = "definition: split\ntitle: Split\nconstants:\n  n: {type: number, title: N, default: 0}\n"
    source += "variables:\n  a: {type: number, title: A}\ndo:\n  - title: Share\n    set: {a: '=1 / {=Constant:n}'}\n"
    begin(publish(source))
    assert "Failure: Share" in browser(company.ann).get("/instances/").content.decode()


def test_whoever_directs_comes_from_the_page_to_asking_somebody_else(
    running: Instance, company: Company, browser: Browser
) -> None:
    [asked] = Assignment.objects.filter(instance=running)
    link = f'<a class="btn" href="/assignments/{asked.pk}"'
    company.grant(SEE, to=company.fay)
    assert link not in browser(company.fay).get(f"/instances/{running.pk}/").content.decode()
    company.grant(DIRECT, to=company.fay)
    assert link in browser(company.fay).get(f"/instances/{running.pk}/").content.decode()
