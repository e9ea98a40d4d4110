"""The page Why? of a record, and starts on many records from the list."""

from datetime import timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.processes import due
from potok.processes.models import StartLine, StartList
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes.test_why import LARGE, PAID, WON, change
from tests.processes_web.conftest import Browser

WAITS = (
    "definition: calls\ntitle: Call round\nrecord: crm.deal\nparameters:\n"
    "  text: {title: What to say, required: true}\n"
    "do:\n  - block: status_text\n    with: {text: '{=Template:text}'}\n"
)


def test_the_page_says_what_did_not_start_and_with_which_value(
    company: Company,
    publish: Publish,
    deal: Deal,
    browser: Browser,
) -> None:
    for source in (PAID, LARGE, WON):
        publish(source)
    change(deal, amount="50 RUB", stage="PAID")
    company.grant("crm.deal.see", extent=Extent.OWN, to=company.bob)
    page = browser(company.bob).get(f"/why?record=crm.deal:{deal.pk}").content.decode()
    assert "The condition does not hold." in page
    assert "“Stage” became “Paid”, and “Won” is wanted." in page
    assert page.index("Large") < page.index("Won</b>") < page.index("Paid</b>:")


def test_what_a_value_would_start_is_told(
    company: Company,
    publish: Publish,
    deal: Deal,
    browser: Browser,
) -> None:
    publish(WON)
    company.grant("crm.deal.see", extent=Extent.OWN, to=company.bob)
    asked = {"record": f"crm.deal:{deal.pk}", "field": "stage", "of": "stage", "value": "WON"}
    page = browser(company.bob).get("/why/would", asked).content.decode()
    assert "Would start" in page
    wrong = browser(company.bob).get("/why/would", {**asked, "field": "amount", "of": "amount", "value": "x"})
    assert "cannot be “x”" in wrong.content.decode()


@pytest.mark.parametrize("address", ["/why?record=crm.deal:%d", "/why/would?record=crm.deal:%d"])
def test_a_stranger_does_not_see_why(company: Company, deal: Deal, browser: Browser, address: str) -> None:
    assert browser(company.carol).get(address % deal.pk).status_code == 404


def test_a_process_starts_on_the_marked_records_and_each_is_told(
    company: Company,
    publish: Publish,
    deal: Deal,
    browser: Browser,
) -> None:
    definition, client = publish(WAITS), browser(company.ann)
    with opened(None, door="start_up") as call:
        for title in ("Boiler", "Boiler house"):
            records.verbs["crm.deal"].add(call, values={"title": title})
    bar = client.post("/deals/chosen", {"row": [deal.pk]}).content.decode()
    assert "Start a process" in bar
    gone = client.post("/deals/chosen/tools/processes.start", {"row": [deal.pk]})
    assert StartList.objects.get().lines.count() == 1
    everything = {"HX-Current-URL": "http://testserver/deals/?q=boiler"}
    gone = client.post("/deals/chosen/tools/processes.start?all=1", {"row": [deal.pk]}, headers=everything)
    made = StartList.objects.order_by("pk")[1]
    assert gone["HX-Location" if "HX-Location" in gone else "HX-Redirect"].find(f"/starts/{made.pk}/") >= 0
    form = client.get(f"/starts/{made.pk}/").content.decode()
    assert "2 records" in form
    assert "What to say" in form
    client.post(f"/starts/{made.pk}/beginning", {"definition": definition.pk, "text": "Hello", "a_minute": 6_000})
    clock.wind(timedelta(minutes=1))
    due.run_until_idle()
    assert set(StartLine.objects.filter(list=made).values_list("outcome", flat=True)) == {"started"}
    assert "Done: 2 of 2" in client.get(f"/starts/{made.pk}/").content.decode()
    assert "Call round" in client.get("/starts/").content.decode()


def test_a_stranger_sees_no_list_of_others(
    company: Company,
    publish: Publish,
    deal: Deal,
    browser: Browser,
) -> None:
    publish(WAITS)
    browser(company.ann).post("/deals/chosen/tools/processes.start", {"row": [deal.pk]})
    made = StartList.objects.get()
    client = browser(company.bob)
    assert client.get(f"/starts/{made.pk}/").status_code == 404
    assert client.post(f"/starts/{made.pk}/cancellation").status_code == 404
