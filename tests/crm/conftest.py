"""A company with a pipeline, and a way to call REST methods without the door."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.kit.dialects import methods
from potok.kit.doors import opened
from potok.records import public as records
from tests import company
from tests.company import Company

Ask = Callable[..., Any]
STAGES = [
    {"code": "NEW", "title": "New"},
    {"code": "PAID", "title": "Paid"},
    {"code": "WON", "title": "Won", "kind": "won"},
    {"code": "LOST", "title": "Lost", "kind": "lost"},
]


@pytest.fixture
def firm(db: None) -> Company:
    firm = company.found()
    with opened(None, door="start_up") as call:
        records.pipelines.add(call, record_type="crm.deal", title="Sales", stages=STAGES)
        records.pipelines.add(call, record_type="crm.deal", title="Service", stages=STAGES)
        records.pipelines.add(call, record_type="crm.lead", title="Leads", stages=STAGES)
    return firm


@pytest.fixture
def ask(firm: Company) -> Ask:
    """Ask a method as the system, or as somebody."""

    def answer(name: str, *, by: int | None = None, **given: Any) -> Any:
        method = methods[name]
        with opened(by, door="rest") as call:
            return method.answer(call, method.takes.model_validate(given))

    return answer
