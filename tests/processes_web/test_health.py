"""Where the time of a process goes: what stands too long, whom it waits for, when it will be over, why it failed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F

from potok.kit import clock
from potok.processes import upkeep, worker
from potok.processes.models import Assignment, Incident, Instance, Standing, Visit
from potok.processes.permissions import EDIT
from potok.processes.queries.forecast import forecasts
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

ASKS = """
definition: asks
title: Agreement
do:
  - {id: asked, title: Agree on it, block: approve, with: {to: user_%d, title: Agree on it}}
"""
BROKEN = """
definition: broken%d
title: Broken %d
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
def standing(company: Company, publish: Publish, begin: Begin) -> Instance:
    """One that has stood for a month where four others were gone after a day."""
    definition = publish(ASKS % company.bob.pk)
    for _ in range(4):
        begin(definition)
    past = clock.now() - timedelta(days=20)
    Visit.objects.update(begun_at=past, ended_at=past + timedelta(days=1))
    Instance.objects.update(status=Standing.COMPLETED, started_at=past, ended_at=past + timedelta(days=2))
    Assignment.objects.update(status=Assignment.DONE)
    upkeep.tend()
    waiting = begin(definition)
    Visit.objects.filter(instance_id=waiting.pk).update(begun_at=F("begun_at") - timedelta(days=30))
    return waiting


# N13
def test_figures_say_what_stands_too_long_and_whom_it_waits_for(
    standing: Instance, company: Company, browser: Browser
) -> None:
    company.grant(EDIT, to=company.alice)
    page = browser(company.alice).get(f"/definitions/{standing.definition_id}/figures").content.decode()
    assert f'href="/instances/{standing.pk}/"' in page.partition("9 of 10 did")[2]
    assert "Bob Petrov" in page
    assert "potok-picture" in page


# N13, B21
@pytest.mark.parametrize(("days", "ahead"), [(1, 1), (30, 0)])
def test_a_run_says_when_others_like_it_were_over(standing: Instance, days: int, ahead: int) -> None:
    begun = clock.now() - timedelta(days=days)
    Visit.objects.filter(instance_id=standing.pk).update(begun_at=begun)
    forecast = forecasts([standing])[standing.pk]
    assert forecast.by == 4
    assert round((forecast.at - clock.now()) / timedelta(days=1)) == ahead


def test_of_too_few_nothing_is_foretold(standing: Instance) -> None:
    Instance.objects.filter(ended_at__isnull=False).delete()
    assert forecasts([standing]) == {}


def test_the_page_of_a_run_says_the_forecast_and_draws_its_way(
    standing: Instance, company: Company, browser: Browser
) -> None:
    page = browser(company.bob).get(f"/instances/{standing.pk}/").content.decode()
    assert "By the experience of 4 runs" in page
    assert "potok-picture" in page


def test_who_writes_no_definitions_sees_the_steps_and_not_what_is_in_them(
    standing: Instance, company: Company, browser: Browser
) -> None:
    code = f"user_{company.bob.pk}"
    assert code not in browser(company.bob).get(f"/instances/{standing.pk}/").content.decode()
    company.grant(EDIT, to=company.bob)
    assert code in browser(company.bob).get(f"/instances/{standing.pk}/").content.decode()


# issue 5 §4: causes grouped and mended in bulk
def test_failures_are_told_by_cause_and_mended_together(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    for number, times in ((1, 3), (2, 1)):
        definition = publish(BROKEN % (number, number))
        for _ in range(times):
            begin(definition)
    worker.run_until_idle()
    ann = browser(company.ann)
    page = ann.get("/incidents/?view=causes").content.decode()
    assert page.count('name="cause"') == 2
    example = Incident.objects.filter(definition__code="broken1").latest("pk")
    assert ann.get(f"/incidents/?cause={example.pk}").content.decode().count('name="row"') == 3
    assert "3 failures chosen" in ann.post("/incidents/chosen", {"cause": example.pk}).content.decode()
    ann.post("/incidents/chosen/resolution", {"cause": example.pk, "how": "skip"})
    worker.run_until_idle()
    left = Incident.objects.filter(resolved_at=None)
    assert [one.definition.code for one in left] == ["broken2"]


def test_a_stranger_mends_nothing_by_naming_a_cause(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    begin(publish(BROKEN % (1, 1)))
    worker.run_until_idle()
    example = Incident.objects.get()
    carol = browser(company.carol)
    assert 'name="cause"' not in carol.get("/incidents/?view=causes").content.decode()
    carol.post("/incidents/chosen/resolution", {"cause": example.pk, "how": "skip"})
    assert Incident.objects.filter(resolved_at=None).count() == 1
