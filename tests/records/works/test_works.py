"""What imports, changes of many records and whatever else takes its time have in common."""

from datetime import timedelta
from typing import Any

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.operations import operations
from potok.records.bulk import carrying
from potok.records.bulk import operations as changes
from potok.records.bulk.models import BulkChange
from potok.records.works import operations as works
from potok.records.works import sweeping
from tests.company import Company
from tests.records.conftest import Make, refused


def begun(firm: Company) -> BulkChange:
    with opened(firm.ann.pk, door="screen") as call:
        return changes.begin(call, record_type="crm.deal", field="comment", value="x", filter={})


def act(name: str, person: Any, of: BulkChange) -> None:
    with opened(person.pk, door="screen") as call:
        operations[name](call, of=of)


@pytest.mark.parametrize("name", ["records.work.stop", "records.work.resume", "records.work.undo"])
def test_the_work_of_somebody_else_is_not_there_and_a_permission_lost_ends_it(
    name: str, firm: Company, make: Make
) -> None:
    make("crm.deal")
    of = begun(firm)
    with refused("kit.missing"):
        act(name, firm.carol, of)
    BulkChange.objects.update(by=firm.carol)
    of.refresh_from_db()
    with refused("kit.forbidden"):
        act(name, firm.carol, of)


@pytest.mark.parametrize(
    ("state", "name", "after"),
    [
        ("running", "records.work.stop", "stopped"),
        ("stopped", "records.work.resume", "running"),
        ("stopped", "records.work.undo", "undoing"),
        ("done", "records.work.undo", "undoing"),
        ("done", "records.work.stop", ""),
        ("running", "records.work.resume", ""),
        ("running", "records.work.undo", ""),
        ("undone", "records.work.undo", ""),
    ],
)
def test_a_work_goes_from_state_to_state_or_refuses(
    state: str, name: str, after: str, firm: Company, make: Make
) -> None:
    of = begun(firm)
    BulkChange.objects.update(state=state)
    if after:
        act(name, firm.ann, of)
    else:
        with refused("records.work.not_now"):
            act(name, firm.ann, of)
    of.refresh_from_db()
    assert of.state == (after or state)


def test_what_cannot_be_carried_on_stands_still_and_the_others_go_on(
    firm: Company, make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make("crm.deal")
    sick, sound = begun(firm), begun(firm)
    change = carrying.carrier.carry

    def carry(_self: Any, of: BulkChange) -> None:
        if of.pk == sick.pk:
            raise ZeroDivisionError
        change(of)

    monkeypatch.setattr(type(carrying.carrier), "carry", carry)
    carrying.run_until_idle()
    assert [BulkChange.objects.get(pk=one.pk).state for one in (sick, sound)] == ["stopped", "done"]
    assert "could not be carried on" in caplog.text


def test_works_are_counted_by_what_became_of_their_lines(firm: Company, make: Make) -> None:
    make("crm.deal")
    make("crm.deal", {"comment": "x"})
    of = begun(firm)
    carrying.run_until_idle()
    assert works.counted(of) == {("done", ""): 1, ("same", ""): 1}


def test_what_is_long_over_goes_with_its_lines(firm: Company, make: Make) -> None:
    make("crm.deal")
    old, busy, fresh = begun(firm), begun(firm), begun(firm)
    carrying.run_until_idle()
    long_ago = clock.now() - timedelta(days=sweeping.KEPT_DAYS + 1)
    BulkChange.objects.filter(pk__in=[old.pk, busy.pk]).update(made_at=long_ago, ended_at=long_ago)
    BulkChange.objects.filter(pk=busy.pk).update(state="undoing")
    assert sweeping.sweep_old() == 1
    assert set(BulkChange.objects.values_list("pk", flat=True)) == {busy.pk, fresh.pk}
