"""A deal with goods to choose from."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.crm.goods.public import Line, Product
from potok.kit.doors import opened
from potok.kit.operations import operations
from potok.records import public as records
from tests.company import Company

Change = Callable[..., list[Line]]


def add(name: str, **values: Any) -> Any:
    """Add a record as the system does."""
    with opened(None, door="start_up") as call:
        return records.verbs[name].add(call, values=values)


@pytest.fixture
def deal(firm: Company) -> Deal:
    made: Deal = add("crm.deal", title="Ventilation", responsible=firm.bob.pk)
    return made


@pytest.fixture
def filter_(firm: Company) -> Product:
    made: Product = add(
        "crm.product", title="Filter F7", code="F7-592", price="1 220", tax="22", tax_included=True, unit="796"
    )
    return made


@pytest.fixture
def change() -> Change:
    """Change lines of a record as the system, or as somebody, through the operation."""

    def changed(record: Any, *lines: Any, by: int | None = None, remove: Any = (), verb: str = "change") -> list[Line]:
        given = {"lines": list(lines)} | ({"remove": remove} if verb == "change" else {})
        with opened(by, door="screen") as call:
            answer: list[Line] = operations[f"crm.deal.lines.{verb}"](call, record=record, **given)
            return answer

    return changed


def amount(deal: Deal) -> tuple[str, bool]:
    """What stands on a deal now, and whether a person typed it."""
    row = Deal.objects.get(pk=deal.pk)
    return str(row.amount), bool(row.amount_by_hand)
