"""Values point only at what is there."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import persons
from potok.records import public as records
from potok.records.public import Record
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db
NOWHERE = 999_999


def change(record: Record, values: dict[str, Any]) -> Record | Refused:
    with opened(None, door="screen") as call:
        return records.verbs[record.record_type].change.many([(call, {"record": record, "values": values})])[0]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"responsible": NOWHERE}, "records.field.nobody"),
        ({"company": NOWHERE}, "records.field.nothing_there"),
        ({"comment": "fine", "contact": NOWHERE}, "records.field.nothing_there"),
    ],
)
def test_a_value_that_points_at_nothing_is_refused_at_its_field(make: Make, values: dict[str, Any], code: str) -> None:
    answer = change(make("crm.deal"), values)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.place) == (code, list(values)[-1])


def test_who_left_gets_no_new_records_but_keeps_the_old_ones(make: Make, firm: Company) -> None:
    mine, other = make("crm.deal", {"responsible": firm.bob.pk}), make("crm.deal")
    with opened(None, door="screen") as call:
        persons.dismiss(call, person=firm.bob)
    assert isinstance(change(mine, {"responsible": firm.bob.pk, "comment": "still"}), Record)
    answer = change(other, {"responsible": firm.bob.pk})
    assert isinstance(answer, Refused)
    assert answer.code == "records.field.nobody"


def test_a_record_in_the_trash_is_not_linked_anew(make: Make) -> None:
    company, deal = make("crm.company"), make("crm.deal")
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].remove(call, record=company)
    assert isinstance(change(deal, {"company": company.pk}), Refused)


def test_of_many_only_those_that_point_at_nothing_are_refused(make: Make, firm: Company) -> None:
    ones = [make("crm.deal") for _ in range(3)]
    with opened(None, door="screen") as call:
        answers = records.verbs["crm.deal"].change.many(
            [
                (call, {"record": one, "values": {"responsible": who}})
                for one, who in zip(ones, [firm.bob.pk, NOWHERE, firm.carol.pk], strict=True)
            ]
        )
    assert [isinstance(answer, Refused) for answer in answers] == [False, True, False]
