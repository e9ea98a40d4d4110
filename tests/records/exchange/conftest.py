"""Files that are imported, from the first look to the last row."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.records import public as records
from potok.records.exchange import carrying, operations
from potok.records.exchange.models import Import
from tests.company import Company

Bring = Callable[..., Import]


def table(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


@pytest.fixture
def bring(firm: Company, pipeline: records.Pipeline) -> Bring:
    """Import a table as the administrator; `carry=False` stops before anything is written."""

    def run(
        type_: str, content: bytes, *, carry: bool = True, columns: list[str] | None = None, **chosen: Any
    ) -> Import:
        with opened(firm.ann.pk, door="screen") as call:
            of = operations.begin(call, record_type=type_, name="firms.csv", content=content)
        with opened(firm.ann.pk, door="screen") as call:
            operations.choose(call, of=of, columns=columns or of.columns, **chosen)
        carrying.run_until_idle()
        if carry:
            with opened(firm.ann.pk, door="screen") as call:
                operations.carry_out(call, of=of)
            carrying.run_until_idle()
        of.refresh_from_db()
        return of

    return run


def outcomes(of: Import) -> list[str]:
    return [line.outcome for line in of.lines.all()]


def sentences(of: Import) -> list[str]:
    return [problem["sentence"] for line in of.lines.all() for problem in line.problems]
