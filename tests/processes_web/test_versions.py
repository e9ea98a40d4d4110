"""Versions are compared and restored, running instances moved and moved back, failures and runs mended many at once."""

import pytest

from potok.kit.doors import opened
from potok.notify.public import Waiting
from potok.people.public import Person, persons
from potok.processes import upkeep
from potok.processes.models import Definition, Incident, Instance, Migrant, Migration, Version
from potok.processes.operations import migrations
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

SOURCE = """
definition: sign
title: Sign
variables:
  sum: {type: number, title: Sum, default: 5}
do:
  - {id: asked, title: Agree, block: approve, with: {to: user_WHO, title: Agree}}
  - {id: rest, title: Rest, pause: {for: 2 days}}
"""


@pytest.fixture
def sign(company: Company, publish: Publish) -> Definition:
    return publish(SOURCE.replace("WHO", str(company.bob.pk)))


@pytest.fixture
def changed(company: Company, sign: Definition, begin: Begin, publish: Publish) -> Definition:
    """Two runs follow version 1, and version 2 is current."""
    begin(sign), begin(sign)
    return publish(SOURCE.replace("WHO", str(company.bob.pk)).replace("2 days", "3 days").replace("Rest", "Wait"))


def test_a_version_shows_what_is_different_in_it(company: Company, changed: Definition, browser: Browser) -> None:
    page = browser(company.ann).get(f"/definitions/{changed.pk}/versions/2").content.decode()
    assert "<del>2 days</del><ins>3 days</ins>" in page
    assert "<del>Rest</del><ins>Wait</ins>" in page
    assert page.count("<potok-picture") == 2
    assert page.count("&quot;state&quot;:&quot;changed&quot;") == 2
    assert "version 1" in browser(company.ann).get(f"/definitions/{changed.pk}/versions/").content.decode()


def test_an_earlier_version_is_published_again(company: Company, changed: Definition, browser: Browser) -> None:
    client = browser(company.ann)
    client.post(f"/definitions/{changed.pk}/versions/1/restoration", {"how": "draft"})
    assert "2 days" in Definition.objects.get().draft
    client.post(f"/definitions/{changed.pk}/versions/1/restoration", {"how": "publish"})
    assert Version.objects.get(number=3).source == Version.objects.get(number=1).source


def test_runs_are_rehearsed_moved_and_moved_back(company: Company, changed: Definition, browser: Browser) -> None:
    client = browser(company.ann)
    page = client.get(f"/definitions/{changed.pk}/migration").content.decode()
    assert "2 processes run by this version" in page
    assert 'name="to:asked"' in page
    assert page.count("&quot;note&quot;:&quot;2&quot;") == 2
    given = {"old": "1", "new": "2", "to:asked": "asked", "to:rest": "rest"}
    told = client.post(f"/definitions/{changed.pk}/migration/rehearsal", given).content.decode()
    assert "All can be moved: 2." in told
    lost = client.post(f"/definitions/{changed.pk}/migration/rehearsal", {**given, "to:asked": ""}).content.decode()
    assert "0 of 2 can be moved, 2 cannot." in lost
    assert "which the other version does not have" in lost
    trial = Migration.objects.get()
    assert "0 of 2 can be moved, 2 cannot." in client.get(f"/migrations/{trial.pk}/").content.decode()
    client.post(f"/definitions/{changed.pk}/migration/start", given)
    migrations.carry_on()
    assert Migrant.objects.filter(outcome=Migrant.MOVED).count() == 2
    migration = Migration.objects.get(is_trial=False)
    assert "Moved: 2." in client.get(f"/migrations/{migration.pk}/").content.decode()
    first = Instance.objects.order_by("pk")[0]
    client.post(f"/migrations/{migration.pk}/way-back", {"row": str(first.pk)})
    migrations.carry_on()
    assert list(Instance.objects.order_by("pk").values_list("version__number", flat=True)) == [1, 2]
    journal = client.get(f"/instances/{first.pk}/").content.decode()
    assert "from version 1 to version 2" in journal
    assert "from version 2 to version 1" in journal


def test_a_move_shows_how_far_it_is_and_is_stopped(
    company: Company, changed: Definition, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "BATCH_MAX", 1)
    client = browser(company.ann)
    given = {"old": "1", "new": "2", "to:asked": "asked", "to:rest": "rest"}
    for act in ("rehearsal", "start"):
        client.post(f"/definitions/{changed.pk}/migration/{act}", given)
        made = Migration.objects.order_by("-pk")[0]
        assert "Done: 0 of 2" in client.get(f"/migrations/{made.pk}/").content.decode()
        migrations.carry_on(limit=1)
        assert "Done: 1 of 2" in client.get(f"/migrations/{made.pk}/").content.decode()
        assert browser(company.carol).post(f"/migrations/{made.pk}/cancellation").status_code == 403
        client.post(f"/migrations/{made.pk}/cancellation")
        page = client.get(f"/migrations/{made.pk}/").content.decode()
        assert "stopped" in page
        assert ("Not looked at: 1." if act == "rehearsal" else "Left where they were: 1.") in page
        left = client.get(f"/migrations/{made.pk}/?view={Migrant.LEFT}").content.decode()
        assert left.count('class="moved-line"') == 1


def test_figures_say_where_runs_stand(company: Company, changed: Definition, browser: Browser) -> None:
    page = browser(company.ann).get(f"/definitions/{changed.pk}/figures?days=30").content.decode()
    assert '<span class="heat heat-4">2</span>' in page


def test_how_long_it_is_kept_is_a_number_of_months(company: Company, sign: Definition, browser: Browser) -> None:
    client = browser(company.ann)
    assert client.post(f"/definitions/{sign.pk}/keeping", {"journal_months": "many"}).status_code == 422
    client.post(f"/definitions/{sign.pk}/keeping", {"journal_months": "12", "instance_months": ""})
    kept = Definition.objects.get()
    assert (kept.journal_months, kept.instance_months) == (12, None)


def test_a_run_is_suspended_changed_set_down_and_deleted(
    company: Company, sign: Definition, begin: Begin, browser: Browser
) -> None:
    client, run = browser(company.ann), begin(sign)
    client.post(f"/instances/{run.pk}/rest", {"how": "suspend", "reason": "Audit"})
    assert Instance.objects.get().suspended_by_id == company.ann.pk
    assert "suspends the process" in client.get(f"/instances/{run.pk}/").content.decode()
    client.post(f"/instances/{run.pk}/rest", {"how": "resume"})
    assert 'name="sum"' in client.get(f"/instances/{run.pk}/data").content.decode()
    client.post(f"/instances/{run.pk}/data", {"sum": "9"})
    assert "sum = 9" in client.get(f"/instances/{run.pk}/").content.decode()
    form = client.get(f"/instances/{run.pk}/place").content.decode()
    option = form.split('<option value="')[1].split('"')[0]
    assert option.endswith(":rest")
    client.post(f"/instances/{run.pk}/place", {"to": option})
    assert "Rest" in client.get(f"/instances/{run.pk}/").content.decode()
    client.post(f"/instances/{run.pk}/termination", {})
    client.post(f"/instances/{run.pk}/deletion", {})
    assert not Instance.objects.exists()


def test_many_runs_are_suspended_with_an_answer_for_each(
    company: Company, sign: Definition, begin: Begin, browser: Browser
) -> None:
    client, rows = browser(company.ann), [begin(sign).pk, begin(sign).pk]
    bar = client.post("/instances/chosen", {"row": rows}).content.decode()
    assert "2 runs chosen" in bar
    client.post("/instances/chosen/act", {"row": rows[:1], "how": "suspend"})
    told = client.post("/instances/chosen/act", {"row": rows, "how": "suspend"}).content.decode()
    assert "Done: 1 of 2" in told
    assert "suspended already" in told


def test_failures_are_listed_with_who_mends_them_and_mended_many_at_once(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    step = f"{{id: bad, block: task_add, with: {{title: Go, wait: false, responsible: user_{company.fay.pk}}}}}"
    definition = publish(f"definition: f\ntitle: Failing\ndo:\n  - {step}\n")
    with opened(company.ann.pk, door="screen") as call:
        persons.dismiss(call, person=company.fay)
    begin(definition), begin(definition)
    client, ids = browser(company.ann), list(Incident.objects.values_list("pk", flat=True))
    page = client.get("/incidents/?view=mine").content.decode()
    assert page.count('name="row"') == 2
    assert str(company.ann) in page
    assert upkeep.tend() == 0
    line = Waiting.objects.get(person=company.ann, closed_at=None)
    assert line.title == "Failures: Failing"
    Person.objects.filter(pk=company.ann.pk).update(language="ru")
    upkeep.tend()
    assert Waiting.objects.get(person=company.ann, closed_at=None).title == "Сбои: Failing"
    Person.objects.filter(pk=company.ann.pk).update(language="en")
    upkeep.tend()
    inbox = client.get(f"/inbox/?at={line.key}").content.decode()
    assert ": Failing</h1>" in inbox
    assert "Try again" in inbox
    assert "2 failures chosen" in client.post("/incidents/chosen", {"row": ids}).content.decode()
    told = client.post("/incidents/chosen/resolution", {"row": ids, "how": "skip"}).content.decode()
    assert "Done: 2 of 2" in told
    assert not Incident.objects.filter(resolved_at=None).exists()
    upkeep.tend()
    assert not Waiting.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize(
    "asked",
    ["get definitions/{d}/versions/", "get definitions/{d}/versions/1", "post definitions/{d}/versions/1/restoration",
     "post definitions/{d}/keeping", "get definitions/{d}/figures", "get definitions/{d}/migration",
     "post definitions/{d}/migration/rehearsal", "post definitions/{d}/migration/start", "post instances/{i}/rest",
     "post instances/{i}/data", "post instances/{i}/place", "post instances/{i}/deletion"],
)  # fmt: skip
def test_a_stranger_is_refused(company: Company, sign: Definition, begin: Begin, browser: Browser, asked: str) -> None:
    run = begin(sign)
    method, path = asked.format(d=sign.pk, i=run.pk).split()
    for stranger in (company.carol, company.eve):
        answer = getattr(browser(stranger), method)(f"/{path}", {"old": "1", "new": "1", "sum": "3", "how": "suspend"})
        assert answer.status_code in (403, 404)
    assert Instance.objects.get().suspended_at is None


def test_a_stranger_mends_no_run_of_others(company: Company, sign: Definition, begin: Begin, browser: Browser) -> None:
    run = begin(sign)
    assert browser(company.carol).post("/instances/chosen", {"row": [run.pk]}).content == b""
    browser(company.carol).post("/instances/chosen/act", {"row": [run.pk], "how": "end"})
    assert not Instance.objects.get().is_over
    assert 'name="row"' not in browser(company.carol).get("/incidents/").content.decode()
