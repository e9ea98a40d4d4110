"""A folder of its own for each test's bytes, and a thing to hang files on: Alice and Bob see it, Alice changes it."""

from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from potok.disk.public import Holder, Place, holders
from tests.company import Company


@pytest.fixture(autouse=True)
def bytes_folder(settings: object, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.fixture
def binder(company: Company) -> Iterator[Place]:
    def among(*people: int) -> "object":
        return lambda by, ids: ids if by is None or by in people else set()

    readers: Set[int] = {company.alice.pk, company.bob.pk}
    holders.add("binder", Holder(sees=among(*readers), adds=among(company.alice.pk)))  # type: ignore[arg-type]
    yield Place("binder", 7)
    holders.drop("binder")
