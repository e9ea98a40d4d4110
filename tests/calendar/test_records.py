"""Events beside records: found by their words, following a record that becomes one with another, told on its card."""

from datetime import datetime

import pytest

from potok.calendar import public as calendar
from potok.calendar.public import Event
from potok.kit.doors import opened
from potok.kit.operations import operations
from potok.records import public as records
from potok.records.public import Record, searching
from tests.calendar.conftest import Add, browser
from tests.company import Company


@pytest.fixture
def firms(firm_of: Company) -> list[Record]:
    with opened(None, door="screen") as call:
        add = records.verbs["crm.company"].add
        return [add(call, values={"title": name, "responsible": firm_of.bob.pk}) for name in ("Alpha", "Alfa")]


def found(text: str, *, by: int) -> list[str]:
    return [hit.title for hit in searching.found(text, by=by).hits]


def test_an_event_is_found_by_its_words_and_by_its_person_only(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, title="Осмотр кровли", text="взять лестницу", place="Садовая")
    assert found("кровли", by=firm_of.bob.pk) == found("садовая", by=firm_of.bob.pk) == ["Осмотр кровли"]
    assert found("кровли", by=firm_of.carol.pk) == []
    with opened(firm_of.bob.pk, door="screen") as call:
        calendar.change(call, event=event, fields={"title": "Осмотр фасада"})
    assert found("фасада", by=firm_of.bob.pk) == ["Осмотр фасада"]
    with opened(firm_of.bob.pk, door="screen") as call:
        calendar.remove(call, event=event)
    assert found("фасада", by=firm_of.bob.pk) == []


def test_events_follow_a_record_that_becomes_one_with_another_and_go_back(add: Add, firms: list[Record]) -> None:
    kept, lost = firms
    event = add(records=[lost.ref])
    with opened(None, door="screen") as call:
        merge = operations["records.duplicates.merge"](call, kept=kept, lost=[lost])
    assert Event.objects.get(pk=event.pk).refs() == (kept.ref,)
    with opened(None, door="screen") as call:
        operations["records.duplicates.unmerge"](call, merge=merge)
    assert Event.objects.get(pk=event.pk).refs() == (lost.ref,)


def test_an_event_stands_among_what_is_to_be_done_on_its_record(
    firm_of: Company, add: Add, firms: list[Record], tomorrow: datetime
) -> None:
    firm_of.grant("crm.company.see")
    record = firms[0]
    add(title="Visit the site", records=[record.ref])
    url = f"/tasks/about/{record.ref.type}:{record.pk}"
    assert "Visit the site" in browser(firm_of.bob).get(url).content.decode()
    assert "Visit the site" not in browser(firm_of.carol).get(url).content.decode()


def test_a_record_that_the_reader_may_not_see_is_not_named(firm_of: Company, add: Add, firms: list[Record]) -> None:
    event = add(firm_of.bob, records=[firms[0].ref])
    page = browser(firm_of.bob).get(f"/calendar/{event.pk}/").content.decode()
    assert "Alpha" not in page
