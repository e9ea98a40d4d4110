"""The small company, allowed everything over records where a test does not say otherwise."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.lists.public import Design
from potok.lists.public import operations as lists
from potok.records import public as records
from potok.records.public import Record
from tests import company
from tests.company import Company

Make = Callable[..., Record]
DESIGNED = "lists.letters"
STAGES = [
    {"code": "NEW", "title": "New"},
    {"code": "PAID", "title": "Paid"},
    {"code": "WON", "title": "Won", "kind": "won"},
    {"code": "LOST", "title": "Lost", "kind": "lost"},
]


@pytest.fixture
def firm(db: None) -> Company:
    return company.found()


@pytest.fixture
def pipeline(firm: Company) -> records.Pipeline:
    with opened(None, door="start_up") as call:
        return records.pipelines.add(call, record_type="crm.deal", title="Sales", stages=STAGES)


@pytest.fixture
def make(firm: Company, pipeline: records.Pipeline) -> Iterator[Make]:
    def add(name: str, values: Mapping[str, Any] | None = None, *, by: int | None = None) -> Record:
        if name == DESIGNED and name not in records.record_types:
            design_letters()
        with opened(by, door="screen") as call:
            return records.verbs[name].add(call, values={**minimal(name), **(values or {})})

    yield add
    # The design goes with its transaction; this process must not know it any longer.
    records.record_types.place([])


def design_letters() -> Design:
    """A type as customers design them: with stages and a field of its own."""
    with opened(None, door="screen") as call:
        design = lists.add(call, singular="Letter", plural="Letters", code="letters", pipeline=True)
        records.custom_fields.add(call, record_type=design.name, kind="date", title="Received", name="received")
    return design


def minimal(name: str) -> dict[str, Any]:
    """The least that a record of a type needs."""
    record_type = records.record_types[name]
    if record_type.titled is None:
        return {"title": f"A {record_type.title}"}
    return {"name": "Ann", "surname": "Other"} if "surname" in record_type.declared() else {}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done inside is refused under this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
