"""Fixtures of the kit's tests: a gate that lets everybody in but person 13."""

from collections.abc import Iterator, Sequence

import pytest

from potok.kit import operations
from potok.kit.errors import FORBIDDEN, Refused
from potok.kit.permissions import Ask


def gate(asks: Sequence[Ask]) -> Sequence[Refused | None]:
    return [FORBIDDEN(permission=ask.permission) if ask.by == 13 else None for ask in asks]


@pytest.fixture(autouse=True)
def _gate() -> Iterator[None]:
    before = operations._Door.gate
    operations.guard_with(gate)
    yield
    operations.guard_with(before)
