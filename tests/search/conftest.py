"""The company and records of the tests of records; what was found, in words."""

from collections.abc import Callable

import pytest

from potok.records.public import searching as search
from potok.records.search import learning
from tests.records.conftest import Make, firm, make, pipeline

__all__ = ["Find", "Make", "find", "firm", "make", "pipeline"]

Find = Callable[..., list[str]]


@pytest.fixture
def find() -> Find:
    """Titles of what is found, in order."""

    def titles(text: str, *, by: int | None = None, **narrowed: object) -> list[str]:
        while learning.learn():
            pass
        return [hit.title for hit in search.found(text, by=by, **narrowed).hits]  # type: ignore[arg-type]

    return titles
