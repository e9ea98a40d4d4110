"""Record types that customers design: there at once, changed, archived, removed without losing anything."""

from typing import Any

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing
from potok.kit.operations import operations
from potok.lists.public import Design, Item
from potok.lists.public import operations as lists
from potok.records import public as records
from potok.records.public import CustomField, History, Pipeline
from tests.company import Company
from tests.lists.conftest import add_letter
from tests.records.conftest import refused

pytestmark = pytest.mark.django_db


def test_a_type_is_there_as_soon_as_it_is_designed(letters: Design) -> None:
    row = add_letter(title="About the lift", received="2026-11-20")
    of = records.record_types["lists.letters"]
    assert (of.title, of.plural, of.path) == ("Letter", "Letters", "list-letters")
    assert str(records.current().of(of)["received"].of(row)) == "2026-11-20"
    assert row.stage.code == "NEW"


def test_its_rows_are_its_own(letters: Design, company: Company) -> None:
    with opened(None, door="screen") as call:
        other = lists.add(call, singular="Key", plural="Keys")
    add_letter(title="About the lift")
    assert records.rows(records.record_types["lists.letters"], by=None).count() == 1
    assert records.rows(records.record_types[other.name], by=None).count() == 0


def test_another_process_knows_a_new_type_at_its_next_question(letters: Design) -> None:
    records.record_types.place([])  # as a process that has never heard of it
    assert records.type_named("lists.letters").plural == "Letters"
    records.record_types.place([])
    assert records.record_types.at("list-letters") is not None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"singular": " "}, "lists.type.untitled"),
        ({"plural": ""}, "lists.type.untitled"),
        ({"plural": "letters"}, "lists.type.taken"),
        ({"code": "letters"}, "lists.type.taken"),
        ({"code": "Буквы"}, "lists.type.wrong_code"),
        ({"icon": "skull"}, "lists.type.unknown_icon"),
    ],
)
def test_what_makes_no_type_is_refused(letters: Design, given: dict[str, Any], code: str) -> None:
    with refused(code), opened(None, door="screen") as call:
        lists.add(call, **{"singular": "Key", "plural": "Keys", **given})


def test_a_code_is_made_of_the_name_and_never_twice(letters: Design) -> None:
    with opened(None, door="screen") as call:
        first = lists.add(call, singular="Ключ", plural="Ключи от объектов")
        lists.archive(call, design=first)
        lists.change(call, design=first, singular="Ключ", plural="Старые ключи", icon="key", pipeline=False)
        second = lists.add(call, singular="Ключ", plural="Ключи от объектов")
    assert (first.code, second.code) == ("klyuchi_ot_obektov", "klyuchi_ot_obektov_2")


def test_stages_given_later_take_in_the_records_that_are_there(company: Company) -> None:
    with opened(None, door="screen") as call:
        design = lists.add(call, singular="Key", plural="Keys", code="keys")
        row = records.verbs[design.name].add(call, values={"title": "Attic"})
        lists.change(call, design=design, singular="Key", plural="Keys", icon="key", pipeline=True)
        moved: Any = records.verbs[design.name].move(call, record=row, stage="WON")
    assert moved.stage.code == "WON"


def test_an_archived_type_is_seen_by_nobody_and_comes_back_whole(letters: Design) -> None:
    row = add_letter(title="About the lift")
    with opened(None, door="screen") as call:
        lists.archive(call, design=letters)
    with pytest.raises(Missing):
        records.type_named(letters.name)
    assert records.load([row.ref]) == {}
    with opened(None, door="screen") as call:
        lists.restore(call, design=letters)
    assert records.load([row.ref])[row.ref].title == "About the lift"


def test_only_an_empty_archived_type_is_removed_for_good(letters: Design) -> None:
    row = add_letter(title="About the lift")
    with refused("lists.type.not_archived"), opened(None, door="screen") as call:
        lists.remove(call, design=letters)
    with opened(None, door="screen") as call:
        lists.archive(call, design=letters)
    with refused("lists.type.holds_records"), opened(None, door="screen") as call:
        lists.remove(call, design=letters)
    Item.objects.filter(pk=row.pk).delete()
    with opened(None, door="screen") as call:
        lists.remove(call, design=letters)
    left = [model.objects.filter(record_type="lists.letters").count() for model in (CustomField, Pipeline, History)]
    assert left == [0, 0, 0]


def test_a_full_type_is_removed_after_all_of_it_was_written_into_a_file(letters: Design) -> None:
    add_letter(title="About the lift")
    with opened(None, door="screen") as call:
        lists.archive(call, design=letters)
        lists.note_export(call, design=letters)
    Item.objects.update(changed_at=clock.now())
    with refused("lists.type.holds_records"), opened(None, door="screen") as call:
        lists.remove(call, design=letters)
    with opened(None, door="screen") as call:
        lists.note_export(call, design=letters)
    with opened(None, door="screen") as call:
        lists.remove(call, design=letters)
    assert not Item.objects.exists()


ENDS = ("lists.type.archive", "lists.type.restore", "lists.type.remove", "lists.type.note_export")


def test_a_stranger_designs_nothing(letters: Design, company: Company) -> None:
    given = {"design": letters}
    changed = given | {"singular": "Key", "plural": "Keys", "icon": "key", "pipeline": False}
    with opened(company.carol.pk, door="screen") as call:
        answers = [
            lists.add.many([(call, {"singular": "Key", "plural": "Keys"})]),
            lists.change.many([(call, changed)]),
            *(operations[name].many([(call, given)]) for name in ENDS),
        ]
    assert all(isinstance(answer, Forbidden) for [answer] in answers)
