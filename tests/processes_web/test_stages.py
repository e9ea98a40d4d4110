"""The page of a run in stages, and what people keep beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from potok.crm.deals.public import Deal
from potok.people import presence
from potok.processes import worker
from potok.processes.models import Assignment, Instance, StageVisit
from potok.tasks.public import Task
from tests.company import Company
from tests.processes.conftest import Begin, Publish, deal  # noqa: F401 (fixture)
from tests.processes_web.conftest import Browser

RUN = """
definition: run
title: Contract
stages:
  first:
    title: Negotiation
    begin: true
    responsible: user_%d
    results:
      on: {title: Agreed on, to: second}
  second: {title: Signed, end: true}
"""


@pytest.fixture
def run(company: Company, publish: Publish, begin: Begin) -> Instance:
    presence.see(company.bob.pk)
    return begin(publish(RUN % company.bob.pk))


def page(run: Instance, browser: Browser, person: object) -> str:
    return browser(person).get(f"/instances/{run.pk}/").content.decode()  # type: ignore[arg-type]


# RJ-6
def test_the_page_names_every_stage_and_marks_the_one_where_the_run_stands(
    run: Instance, company: Company, browser: Browser
) -> None:
    shown = page(run, browser, company.bob)
    assert "Negotiation" in shown
    assert "Signed" in shown
    assert shown.count('aria-current="step"') == 1
    assert "Not begun yet" in shown


# RJ-10
def test_the_responsible_takes_the_stage_into_work_and_others_cannot(
    run: Instance, company: Company, browser: Browser
) -> None:
    assert "Take into work" in page(run, browser, company.bob)
    assert "Take into work" not in page(run, browser, company.ann)
    browser(company.bob).post(f"/instances/{run.pk}/stage", {"how": "begin"})
    assert StageVisit.objects.get().state == "in_progress"
    assert "Being worked on" in page(run, browser, company.bob)


# RJ-6
def test_the_stage_is_handed_over_on_the_page(run: Instance, company: Company, browser: Browser) -> None:
    browser(company.ann).post(f"/instances/{run.pk}/stage", {"to": str(company.fay.pk)})
    assert StageVisit.objects.get().responsible == company.fay


# RJ-6, RJ-8
def test_a_note_files_and_people_let_in_stand_beside_the_stages(
    run: Instance, company: Company, browser: Browser
) -> None:
    bob = browser(company.bob)
    bob.post(f"/instances/{run.pk}/note", {"text": "Before noon"})
    bob.post(f"/instances/{run.pk}/files", {"files": SimpleUploadedFile("act.txt", b"act")})
    bob.post(f"/instances/{run.pk}/access", {"person": str(company.carol.pk)})
    shown = page(run, browser, company.carol)
    assert "Before noon" in shown
    assert "act.txt" in shown
    assert "Carol" in page(run, browser, company.bob)


# RJ-7
def test_a_record_is_found_linked_and_taken_away(
    run: Instance,
    company: Company,
    browser: Browser,
    deal: Deal,  # noqa: F811
) -> None:
    company.grant("crm.deal.see", to=company.bob)
    bob = browser(company.bob)
    code = f"crm.deal:{deal.pk}"
    assert code in bob.get(f"/instances/{run.pk}/records?q=pump").content.decode()
    bob.post(f"/instances/{run.pk}/links", {"record": code})
    assert "Pump house" in page(run, browser, company.bob)
    bob.post(f"/instances/{run.pk}/links", {"drop": code})
    assert "Pump house" not in page(run, browser, company.bob)


@pytest.mark.parametrize("path", ["stage", "note", "files", "links", "access"])
def test_a_stranger_finds_no_run(run: Instance, company: Company, browser: Browser, path: str) -> None:
    assert browser(company.carol).post(f"/instances/{run.pk}/{path}", {"text": "x"}).status_code == 404
    assert browser(company.carol).get(f"/instances/{run.pk}/records").status_code == 404


@pytest.mark.parametrize(("path", "given"), [("links", {"record": "crm.deal"}), ("access", {"person": "x"})])
def test_what_cannot_be_found_is_refused(
    run: Instance, company: Company, browser: Browser, path: str, given: dict[str, str]
) -> None:
    assert browser(company.bob).post(f"/instances/{run.pk}/{path}", given).status_code == 404


# RJ-9
def test_the_protocol_tells_who_led_on_with_which_result(run: Instance, company: Company, browser: Browser) -> None:
    [asked] = Assignment.objects.filter(status="open")
    browser(company.bob).post(f"/assignments/{asked.pk}/answer", {"answer": "on", "comment": "At last"})
    worker.run_until_idle()
    shown = page(run, browser, company.bob)
    assert "Negotiation → Agreed on" in shown
    assert "At last" in shown


WITH_TASK = RUN.replace("results:", "task: {title: Call, blocks: true}\n    results:", 1)


# TK-13
def test_whoever_completes_a_task_of_a_stage_goes_on_to_the_work_on_the_stage(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    presence.see(company.bob.pk)
    run = begin(publish(WITH_TASK % company.bob.pk))
    worker.run_until_idle()
    [task], [work] = Task.objects.filter(instance=run.pk), Assignment.objects.filter(status="open")
    answered = browser(company.bob).post(f"/tasks/{task.pk}/closure", {"next": "/inbox/"})
    assert answered["HX-Redirect"] == f"/inbox/?at=assignment:{work.pk}"


# TK-13
def test_whoever_completes_the_task_of_a_stage_that_was_answered_goes_on_to_the_run(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    presence.see(company.bob.pk)
    run = begin(publish(WITH_TASK % company.bob.pk))
    worker.run_until_idle()
    bob, [work] = browser(company.bob), Assignment.objects.filter(status="open")
    bob.post(f"/assignments/{work.pk}/answer", {"answer": "on"})
    worker.run_until_idle()
    answered = bob.post(f"/tasks/{Task.objects.get().pk}/closure")
    assert answered["HX-Redirect"] == f"/instances/{run.pk}/"
