"""One change of many records: what it changes, what it leaves, how it is stopped and taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.bulk import carrying, operations
from potok.records.bulk.models import BulkChange
from potok.records.works import carrying as works_carrying
from potok.records.works import operations as works
from tests.company import Company
from tests.records.conftest import Make, refused

DEALS = 7


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(works_carrying, "BATCH", 3)


@pytest.fixture
def deals(firm: Company, make: Make) -> list[records.Record]:
    return [make("crm.deal", {"title": f"Deal {n}", "amount": n * 100}) for n in range(DEALS)]


def begin(person: Any, **given: Any) -> BulkChange:
    with opened(person.pk, door="screen") as call:
        return operations.begin(call, record_type="crm.deal", **given)


def outcomes(of: BulkChange) -> list[str]:
    return [line.outcome for line in of.lines.all()]


def comments() -> list[str]:
    model = records.record_types["crm.deal"].model
    return list(model.objects.order_by("pk").values_list("comment", flat=True))


def act(operation: Callable[..., Any], person: Any, of: BulkChange) -> None:
    with opened(person.pk, door="screen") as call:
        operation(call, of=of)


def test_all_that_a_filter_lets_through_is_changed(
    firm: Company, deals: list[records.Record], small_batches: None
) -> None:
    filter = {"field": "amount", "operator": "at_least", "value": 200}
    of = begin(firm.ann, field="comment", value="Checked", filter=filter)
    assert of.total == 5
    assert carrying.run_until_idle() == 2
    of.refresh_from_db()
    assert (of.state, outcomes(of)) == ("done", ["done"] * 5)
    assert comments() == ["", "", *["Checked"] * 5]


def test_what_is_so_already_is_left_alone(firm: Company, deals: list[records.Record]) -> None:
    before = deals[0].revision
    of = begin(firm.ann, field="amount", value=0, ids=[deals[0].pk, deals[1].pk])
    carrying.run_until_idle()
    assert outcomes(of) == ["same", "done"]
    deals[0].refresh_from_db()
    assert deals[0].revision == before


def test_each_record_is_judged_by_itself(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    firm.grant("crm.deal.edit", extent=Extent.OWN, to=firm.bob)
    rows = [make("crm.deal", {"responsible": one.pk}) for one in (firm.bob, firm.carol)]
    of = begin(firm.bob, field="comment", value="Mine", ids=[row.pk for row in rows])
    carrying.run_until_idle()
    assert outcomes(of) == ["done", "refused"]
    assert of.lines.last().sentence  # type: ignore[union-attr]
    assert comments() == ["Mine", ""]


def test_a_stopped_change_goes_on_where_it_was(firm: Company, deals: list[records.Record], small_batches: None) -> None:
    of = begin(firm.ann, field="comment", value="Checked", filter={})
    carrying.serve()
    act(works.stop, firm.ann, of)
    assert carrying.run_until_idle() == 0
    assert comments().count("Checked") == 3
    act(works.resume, firm.ann, of)
    carrying.run_until_idle()
    assert comments() == ["Checked"] * DEALS


def test_taking_back_leaves_what_somebody_has_changed_since(
    firm: Company, deals: list[records.Record], small_batches: None
) -> None:
    of = begin(firm.ann, field="comment", value="Checked", filter={})
    carrying.run_until_idle()
    with opened(None, door="start_up") as call:
        records.verbs["crm.deal"].change(call, record=deals[1], values={"comment": "By hand"})
    act(works.undo, firm.ann, of)
    carrying.run_until_idle()
    of.refresh_from_db()
    assert of.state == "undone"
    assert comments() == ["", "By hand", *[""] * 5]
    assert [line.undone for line in of.lines.all()] == ["back", "kept", *["back"] * 5]


def test_the_trash_takes_many_and_gives_them_back(firm: Company, deals: list[records.Record]) -> None:
    of = begin(firm.ann, act="remove", filter={})
    carrying.run_until_idle()
    model = records.record_types["crm.deal"].model
    assert not model.objects.filter(removed_at=None).exists()
    act(works.undo, firm.ann, of)
    carrying.run_until_idle()
    assert model.objects.filter(removed_at=None).count() == DEALS


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"field": "nothing", "value": 1}, "records.field.unknown"),
        ({"field": "amount", "value": "much"}, "records.field.unreadable"),
        ({"field": "title", "value": ""}, "records.field.required"),
        ({"field": "comment", "value": "x", "filter": {"field": "nothing"}}, "records.field.unknown"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything(firm: Company, given: dict[str, Any], code: str) -> None:
    with refused(code):
        begin(firm.ann, **given)
    assert not BulkChange.objects.exists()


def test_more_than_there_is_room_for_is_refused(
    firm: Company, deals: list[records.Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LINES_MAX", 3)
    with refused("records.bulk.too_many"):
        begin(firm.ann, field="comment", value="x", filter={})


def test_nobody_changes_many_without_the_permission_and_nobody_touches_anothers_change(
    firm: Company, deals: list[records.Record]
) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with refused("kit.forbidden"):
        begin(firm.carol, field="comment", value="x", filter={})
    of = begin(firm.ann, field="comment", value="x", filter={})
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.carol)
    for operation in (works.stop, works.resume, works.undo):
        with refused("kit.missing"):
            act(operation, firm.carol, of)
    with refused("kit.missing"):
        works.own(BulkChange, of.pk, by=firm.carol.pk)


def test_what_is_over_is_not_stopped(firm: Company, deals: list[records.Record]) -> None:
    of = begin(firm.ann, field="comment", value="x", filter={})
    carrying.run_until_idle()
    with refused("records.work.not_now"):
        act(works.stop, firm.ann, of)


def test_the_system_changes_many_in_somebodys_name_only(firm: Company) -> None:
    with refused("records.bulk.nobody"), opened(None, door="start_up") as call:
        operations.begin(call, record_type="crm.deal", field="comment", value="x", filter={})
