"""A register of letters, as a customer designs it."""

from collections.abc import Iterator
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.lists.public import Design
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import design_letters


@pytest.fixture
def letters(company: Company) -> Iterator[Design]:
    yield design_letters()
    records.record_types.place([])


def add_letter(*, by: int | None = None, **values: Any) -> Any:
    """Register a letter."""
    with opened(by, door="screen") as call:
        return records.verbs["lists.letters"].add(call, values={"title": "Letter", **values})
