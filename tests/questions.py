"""Counts what is asked of the database: through Django, and through `kit.sets`, which goes past Django's own count."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from potok.kit import sets


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gather the statements that run inside the block."""
    statements: list[str] = []
    execute = sets.execute

    def past_django(statement: str, *given: Any) -> Any:
        statements.append(statement)
        return execute(statement, *given)

    def through_django(run: Any, sql: str, *given: Any) -> Any:
        statements.append(sql)
        return run(sql, *given)

    with patch.object(sets, "execute", past_django), connection.execute_wrapper(through_django):
        yield statements
