"""What every record type promises; new types are tested by being registered."""

from collections.abc import Mapping
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Overtaken, Refused
from potok.kit.models import EventRow
from potok.kit.operations import operations
from potok.people.public import Extent, folded
from potok.records import public as records
from potok.records.public import History, Record
from tests.company import Company
from tests.records.conftest import DESIGNED, Make, refused

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize("name", [*records.record_types, DESIGNED])


def change(record: Record, values: Mapping[str, Any], *, by: int | None = None, **more: Any) -> Record:
    with opened(by, door="screen") as call:
        return records.verbs[record.record_type].change(call, record=record, values=values, **more)


def text_field(name: str) -> str:
    return "comment" if "comment" in records.current().of(records.record_types[name]) else "title"


def test_every_type_brings_its_operations() -> None:
    derived = {
        f"{name}.{verb}"
        for name, of in records.record_types.all().items()
        for verb in ("add", "change", "remove", "restore", *(["move"] if of.pipeline else []))
    }
    assert derived <= set(operations)


@every_type
def test_a_record_is_added_with_its_history(make: Make, firm: Company, name: str) -> None:
    record = make(name, by=None)
    kept = records.find(records.type_named(name), record.pk, by=None)
    assert kept.title
    assert kept.sort_key == folded(kept.title)
    first = History.objects.get(record_type=name, record_id=record.pk)
    assert (first.kind, first.revision, first.before) == ("added", 1, {})
    assert first.after["title"] == kept.title


@every_type
def test_a_change_is_kept_told_and_remembered_once(make: Make, firm: Company, name: str) -> None:
    record = make(name)
    field = text_field(name)
    changed = change(record, {field: "Changed"})
    assert changed.revision == 2
    last = History.objects.filter(record_type=name, record_id=record.pk)[0]
    assert last.after[field] == "Changed"
    assert EventRow.objects.filter(name="records.record.changed", payload__id=record.pk).count() == 2


@every_type
def test_a_change_to_the_same_value_is_no_change(make: Make, name: str) -> None:
    record = make(name)
    change(record, {text_field(name): "Same"})
    assert change(record, {text_field(name): " Same "}).revision == 2
    assert History.objects.filter(record_type=name, record_id=record.pk).count() == 2


@every_type
def test_a_record_goes_to_the_trash_and_comes_back(make: Make, firm: Company, name: str) -> None:
    record = make(name)
    verbs, record_type = records.verbs[name], records.type_named(name)
    with opened(None, door="screen") as call:
        verbs.remove(call, record=record)
    assert not records.rows(record_type, by=None).exists()
    with opened(None, door="screen") as call, refused("records.record.in_trash"):
        verbs.change(call, record=record, values={text_field(name): "x"})
    with opened(None, door="screen") as call:
        verbs.restore(call, record=record)
    with opened(None, door="screen") as call, refused("records.record.not_in_trash"):
        verbs.restore(call, record=record)
    assert records.rows(record_type, by=None).count() == 1
    assert list(History.objects.values_list("kind", flat=True)) == ["restored", "removed", "added"]


# Who may change a record of Bob's, by how far the permission reaches: Alice heads Sales where Bob works, Carol is in
# another department, Eve is from outside and sees only what is her own or was shown to her.
MATRIX = {
    Extent.OWN: {"bob"},
    Extent.DEPARTMENT: {"bob", "alice"},
    Extent.SUBTREE: {"bob", "alice"},
    Extent.ALL: {"bob", "alice", "carol"},
}


@every_type
@pytest.mark.parametrize("act", ["edit", "remove"])
@pytest.mark.parametrize("extent", list(Extent))
def test_a_permission_reaches_as_far_as_its_extent(
    make: Make, firm: Company, name: str, act: str, extent: Extent
) -> None:
    record = make(name, {"responsible": firm.bob.pk})
    people = {"alice": firm.alice, "bob": firm.bob, "carol": firm.carol, "eve": firm.eve}
    for person in people.values():
        firm.grant(f"{name}.{act}", extent=extent, to=person)
    allowed = set()
    for who, person in people.items():
        with opened(person.pk, door="screen") as call:
            given = {"record": record} | ({"values": {text_field(name): who}} if act == "edit" else {})
            verb = records.verbs[name].change if act == "edit" else records.verbs[name].remove
            answer = verb.many([(call, given)])[0]
        if not isinstance(answer, Forbidden):
            allowed.add(who)
    assert allowed == MATRIX[extent]


@every_type
def test_a_stranger_may_do_nothing_and_sees_nothing(make: Make, firm: Company, name: str) -> None:
    record = make(name)
    verbs = records.verbs[name]
    with opened(firm.carol.pk, door="screen") as call:
        acts = [
            verbs.add.many([(call, {"values": {"title": "x"}})]),
            verbs.change.many([(call, {"record": record, "values": {}})]),
            verbs.remove.many([(call, {"record": record})]),
            verbs.restore.many([(call, {"record": record})]),
            verbs.move.many([(call, {"record": record, "stage": "PAID"})]),
        ]
    assert all(isinstance(answer, Forbidden) for [answer] in acts)
    assert not records.rows(records.type_named(name), by=firm.carol.pk).exists()
    with pytest.raises(Missing):
        records.find(records.type_named(name), record.pk, by=firm.carol.pk)


@every_type
def test_people_see_what_the_extent_reaches(make: Make, firm: Company, name: str) -> None:
    mine, other = make(name, {"responsible": firm.bob.pk}), make(name, {"responsible": firm.carol.pk})
    firm.grant(f"{name}.see", extent=Extent.OWN, to=firm.bob)
    firm.grant(f"{name}.see", extent=Extent.ALL, to=firm.carol)
    seen = {
        who: set(records.rows(records.type_named(name), by=who).values_list("pk", flat=True))
        for who in (firm.bob.pk, firm.carol.pk)
    }
    assert seen == {firm.bob.pk: {mine.pk}, firm.carol.pk: {mine.pk, other.pk}}


@every_type
def test_a_list_of_changes_is_a_loop(make: Make, name: str) -> None:
    ones = [make(name) for _ in range(4)]
    field = text_field(name)
    with opened(None, door="screen") as call:
        many = records.verbs[name].change.many(
            [(call, {"record": record, "values": {field: f"n{record.pk}"}}) for record in ones]
        )
    assert [getattr(row, field) for row in many] == [f"n{record.pk}" for record in ones]
    loaded = records.load(record.ref for record in ones)
    assert {getattr(row, field) for row in loaded.values()} == {f"n{record.pk}" for record in ones}


@every_type
def test_of_two_changes_of_one_record_in_a_list_the_second_is_overtaken(make: Make, name: str) -> None:
    record = make(name)
    with opened(None, door="screen") as call:
        given = {"record": record, "values": {text_field(name): "x"}}
        first, second = records.verbs[name].change.many([(call, given), (call, given)])
    assert isinstance(first, Record)
    assert isinstance(second, Overtaken)


@every_type
def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(make: Make, name: str) -> None:
    record = make(name)
    with opened(None, door="screen") as call:
        answer = records.verbs[name].change.many(
            [(call, {"record": record, "values": {"nonsense": 1, "responsible": "x"}})]
        )[0]
    assert isinstance(answer, Refused)
    assert answer.code == "kit.several"
    assert History.objects.filter(record_id=record.pk, record_type=name).count() == 1


@every_type
def test_a_record_that_is_gone_is_missing(make: Make, name: str) -> None:
    record = make(name)
    type(record).objects.filter(pk=record.pk).delete()
    with opened(None, door="screen") as call, pytest.raises(Missing):
        records.verbs[name].remove(call, record=record)
