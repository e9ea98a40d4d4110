"""Duplicates are merged over REST under Bitrix24's name."""

from typing import Any

import pytest

from potok.kit.dialects import WireError, methods
from potok.kit.doors import opened
from potok.records import public as records
from potok.records.duplicates import operations
from tests.company import Company
from tests.duplicates.conftest import Make

COMPANY = 4


def merge(*ids: int, by: int | None = None) -> Any:
    method = methods["crm.entity.mergeBatch"]
    with opened(by, door="rest") as call:
        return method.answer(
            call, method.takes.model_validate({"params": {"entityTypeId": COMPANY, "entityIds": list(ids)}})
        )


def kept(pk: int) -> bool:
    row: Any = records.type_named("crm.company").model.objects.get(pk=pk)
    return row.removed_at is None


def test_the_first_stays_and_the_others_become_part_of_it(make: Make) -> None:
    one, other, third = (make("crm.company", {"title": "Ромашка"}).pk for _ in range(3))
    assert merge(one, other, third) == {"STATUS": "SUCCESS", "ENTITY_IDS": [one, other, third]}
    assert [kept(pk) for pk in (one, other, third)] == [True, False, False]
    assert merge(one, other)["STATUS"] == "ERROR"


def test_nobody_merges_what_he_does_not_see_or_may_not_remove(firm: Company, make: Make) -> None:
    one, other = (make("crm.company", {"title": "Ромашка", "responsible": firm.bob.pk}).pk for _ in range(2))
    assert merge(one, other, by=firm.carol.pk)["STATUS"] == "ERROR"
    firm.grant("crm.company.see", to=firm.carol)
    firm.grant("crm.company.edit", to=firm.carol)
    with pytest.raises(WireError, match="Access denied"):
        merge(one, other, by=firm.carol.pk)
    firm.grant(operations.MERGE, to=firm.carol)
    with pytest.raises(WireError, match="Access denied"):
        merge(one, other, by=firm.carol.pk)
    assert kept(one)
    assert kept(other)


def test_one_record_is_not_merged(make: Make) -> None:
    with pytest.raises(WireError, match="two"):
        merge(make("crm.company", {"title": "Ромашка"}).pk)
