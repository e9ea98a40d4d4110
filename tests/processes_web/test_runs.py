"""The journal of all runs: what is looked for is found, and nothing that one may not see."""

from datetime import timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import presence
from potok.people.public import Extent
from potok.processes import worker
from potok.processes.models import Incident, Instance
from potok.processes.operations import repair
from potok.processes.permissions import SEE
from potok.records import public as records
from potok.records.public import View
from tests.company import Company
from tests.processes.conftest import Begin, Publish, deal  # noqa: F401 (fixture)
from tests.processes_web.conftest import Browser

STAGES = """
definition: sale
title: Sale of a pump
record: crm.deal
start: [manual]
stages:
  call:
    title: Call
    begin: true
    responsible: user_%d
    results:
      on: {title: Agreed on, to: second}
  second: {title: Signed, end: true}
"""
REST = """
definition: rest
title: Rest of a zeppelin
do:
  - {id: rest, title: Long rest, pause: {for: 30 days}}
"""
BROKEN = """
definition: broken
title: Broken promise
variables:
  nobody: {type: person, title: Nobody}
do:
  - id: form
    block: request_information
    with: {to: "{=Variable:nobody}", title: Somebody there, fields: {a: {type: text, title: A}}}
"""


@pytest.fixture
def runs(company: Company, publish: Publish, begin: Begin, deal: Deal) -> dict[str, Instance]:  # noqa: F811
    """One that waits for Bob on a deal, one that sleeps, one that failed."""
    presence.see(company.bob.pk)
    company.grant("crm.deal.see", to=company.alice, extent=Extent.ALL)
    company.grant(SEE, to=company.alice, extent=Extent.ALL)
    return {
        "stage": begin(publish(STAGES % company.bob.pk), record=deal.ref),
        "rest": begin(publish(REST)),
        "broken": begin(publish(BROKEN)),
    }


def found(browser: Browser, person: object, query: str) -> set[int]:
    page = browser(person).get(f"/instances/?{query}").content.decode()  # type: ignore[arg-type]
    return {int(part.partition('"')[0]) for part in page.split('data-row="')[1:]}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", {"stage", "rest", "broken"}),
        ("state=person", {"stage"}),
        ("state=timer", {"rest"}),
        ("state=incident", {"broken"}),
        ("state=suspended", set()),
        ("view=finished", set()),
        ("view=all", {"stage", "rest", "broken"}),
        ("definition={stage}", {"stage"}),
        ("definition={stage}&stage=call", {"stage"}),
        ("definition={rest}&stage=rest", {"rest"}),
        ("definition={stage}&stage=nowhere", {"stage"}),
        ("person={bob}", {"stage"}),
        ("person={carol}", set()),
        ("type=crm.deal", {"stage"}),
        ("record=crm.deal:{deal}", {"stage"}),
        ("record=crm.deal:999", set()),
        ("days=1", set()),
        ("q=pump", {"stage"}),
        ("q=zeppelin", {"rest"}),
        ("q=Pump house", {"stage"}),
        ("q={number}", {"rest"}),
        ("q=nothing", set()),
        ("definition=999&person=x&days=x&record=x&state=x&view=x", {"stage", "rest", "broken"}),
    ],
)
def test_runs_are_found_by_what_is_asked(
    runs: dict[str, Instance], company: Company, browser: Browser, deal: Deal, query: str, named: set[str]  # noqa: F811
) -> None:  # fmt: skip
    asked = query.format(
        stage=runs["stage"].definition_id,
        rest=runs["rest"].definition_id,
        bob=company.bob.pk,
        carol=company.carol.pk,
        deal=deal.pk,
        number=runs["rest"].pk,
    )
    assert found(browser, company.alice, asked) == {runs[name].pk for name in named}


def test_old_runs_are_found_by_their_age(runs: dict[str, Instance], company: Company, browser: Browser) -> None:
    Instance.objects.filter(pk=runs["rest"].pk).update(started_at=clock.now() - timedelta(days=8))
    assert found(browser, company.alice, "days=7") == {runs["rest"].pk}


def test_a_suspended_run_is_found_as_such(runs: dict[str, Instance], company: Company, browser: Browser) -> None:
    with opened(None, door="test") as call:
        repair.suspend(call, instance=runs["rest"])
    assert found(browser, company.alice, "state=suspended") == {runs["rest"].pk}


# RJ-4, NT-8
def test_what_waits_for_the_reader_is_said_above_and_listed(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    page = browser(company.bob).get("/instances/").content.decode()
    assert "1 run waits for you" in page
    assert "waits-for-me" in page
    assert found(browser, company.bob, "view=mine") == {runs["stage"].pk}
    assert "waits for you" not in browser(company.alice).get("/instances/").content.decode()


def test_a_stranger_finds_nothing_however_he_asks(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    assert runs
    for query in ("", "view=all", "q=pump", f"person={company.bob.pk}", f"definition={runs['stage'].definition_id}"):
        assert found(browser, company.carol, query) == set()
    assert "Bob Petrov" not in browser(company.carol).get("/instances/").content.decode()


def test_chosen_columns_are_drawn(runs: dict[str, Instance], company: Company, browser: Browser) -> None:
    assert runs
    page = browser(company.alice).get("/instances/?columns=version&columns=due").content.decode()
    heads = page.partition("<thead>")[2].partition("</thead>")[0]
    assert "Version" in heads
    assert "Started by" not in heads


def test_failures_of_others_are_not_found(runs: dict[str, Instance], company: Company, browser: Browser) -> None:
    worker.run_until_idle()
    assert Incident.objects.filter(instance=runs["broken"]).exists()
    assert found(browser, company.carol, "state=incident") == set()


def test_what_is_looked_for_is_kept_as_a_view_of_ones_own(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    alice = browser(company.alice)
    given = {"new": "1", "title": "Long rests", "view": "all", "state": "timer", "q": "zeppelin", "columns": "version"}
    address = alice.post("/instances/views", given)["HX-Redirect"]
    assert found(browser, company.alice, address.partition("?")[2]) == {runs["rest"].pk}
    assert "Long rests" in alice.get("/instances/").content.decode()
    assert "Long rests" not in browser(company.bob).get("/instances/").content.decode()


def test_a_kept_view_is_changed_and_forgotten_by_its_owner_only(company: Company, browser: Browser) -> None:
    company.grant(records.views.SHARE, to=company.alice, extent=Extent.ALL)
    alice, bob = browser(company.alice), browser(company.bob)
    alice.post("/instances/views", {"new": "1", "title": "Failed", "state": "incident", "shared": "1"})
    view = View.objects.get(record_type="processes.instance")
    alice.post("/instances/views", {"kept": str(view.pk), "state": "suspended"})
    view.refresh_from_db()
    assert (view.title, view.filter) == ("Failed", {"state": "suspended"})
    assert "Failed</a>" in bob.get("/instances/").content.decode()
    assert bob.post(f"/instances/views/{view.pk}/removal").status_code == 403
    alice.post(f"/instances/views/{view.pk}/removal")
    assert not View.objects.filter(pk=view.pk)


def test_a_view_of_what_the_journal_does_not_know_is_refused(company: Company) -> None:
    with pytest.raises(Refused) as refused, opened(company.alice.pk, door="test") as call:
        records.views.save(call, record_type="processes.instance", title="Wrong", filter={"colour": "red"})
    assert refused.value.code == "processes.wrong_view"


# LS-3
def test_a_list_of_records_says_where_the_process_on_each_stands(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    assert runs
    alice = browser(company.alice)
    assert "Waits for an answer" not in alice.get("/deals/").content.decode()
    page = alice.get("/deals/?columns=title,process").content.decode()
    assert "Bob Petrov" in page.partition('id="rows-0"')[2].partition("</tbody>")[0]


JOURNAL = "http://testserver/instances/"


def test_all_that_are_looked_for_are_chosen_with_how_many_each_act_reaches(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    client, rows = browser(company.ann), [runs["rest"].pk]
    with opened(company.ann.pk, door="screen") as call:
        repair.suspend(call, instance=runs["stage"])
    bar = client.post("/instances/chosen", {"row": rows}, headers={"HX-Current-URL": JOURNAL}).content.decode()
    assert "all 3 by the filter" in bar
    everything = client.post("/instances/chosen?all=1", {"row": rows}, headers={"HX-Current-URL": JOURNAL})
    assert "All by the filter: 3" in everything.content.decode()
    for said in ("Suspend: 2", "Let go on: 1", "End: 3"):
        assert said in everything.content.decode()


def test_what_is_done_to_all_reaches_what_is_looked_for_and_no_more(
    runs: dict[str, Instance], company: Company, browser: Browser
) -> None:
    asked = {"HX-Current-URL": f"{JOURNAL}?definition={runs['rest'].definition_id}"}
    told = browser(company.ann).post("/instances/chosen/act?all=1", {"how": "suspend"}, headers=asked)
    assert "Done: 1 of 1" in told.content.decode()
    suspended = Instance.objects.exclude(suspended_at=None).values_list("pk", flat=True)
    assert list(suspended) == [runs["rest"].pk]


def test_many_are_reached_some_at_a_time_and_the_rest_is_told(
    runs: dict[str, Instance], company: Company, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("potok.processes.web.repair.MOST", 2)
    client, asked = browser(company.ann), {"HX-Current-URL": JOURNAL}
    told = client.post("/instances/chosen/act?all=1", {"how": "suspend"}, headers=asked).content.decode()
    assert "Done: 2 of 2" in told
    assert "1 more fits" in told
    again = client.post("/instances/chosen/act?all=1", {"how": "suspend"}, headers=asked).content.decode()
    assert "Done: 1 of 1" in again


@pytest.mark.parametrize("here", ["", "http://testserver/incidents/"])
def test_nothing_is_done_to_all_where_no_journal_says_to_which(
    runs: dict[str, Instance], company: Company, browser: Browser, here: str
) -> None:
    asked = {"HX-Current-URL": here}
    assert browser(company.ann).post("/instances/chosen?all=1", headers=asked).content == b""
    browser(company.ann).post("/instances/chosen/act?all=1", {"how": "end"}, headers=asked)
    assert not Instance.objects.exclude(ended_at=None).exists()


def test_a_stranger_does_nothing_to_all(runs: dict[str, Instance], company: Company, browser: Browser) -> None:
    asked = {"HX-Current-URL": JOURNAL}
    assert browser(company.carol).post("/instances/chosen?all=1", headers=asked).content == b""
    browser(company.carol).post("/instances/chosen/act?all=1", {"how": "end"}, headers=asked)
    assert not Instance.objects.exclude(ended_at=None).exists()
