"""Times of pages and of the statements in them: in process, all middleware and templates included."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from bench.crm.questions import Eyes, Question


@dataclass
class Took:
    """Milliseconds: whole pages, in them the statements on the records, and bare SQL for the same rows."""

    pages: list[float] = field(default_factory=list)
    statements: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return p95(self.pages)


def p95(times: Sequence[float]) -> float:
    """The time that nineteen of twenty do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def taken(question: Question, who: Eyes, *, times: int) -> Took:
    """Ask for the pages in turn, so many times in all, and for the bare rows as often."""
    from django.test import Client

    from potok.people.public import Person

    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=who.person))
    took = Took()
    for place in range(-len(question.pages), times):  # each once to warm up
        spent: list[float] = []
        with _watched(question.table, spent):
            page = _timed(lambda at=place: client.get(question.pages[at % len(question.pages)]))  # type: ignore[misc]
        if place >= 0:
            took.pages.append(page)
            took.statements.append(sum(spent))
    for place in range(-len(question.bare), times if question.bare else 0):
        statements = question.bare[place % len(question.bare)].split(";")
        bare = sum(_timed(lambda sql=sql: _fetched(sql)) for sql in statements)  # type: ignore[misc]
        if place >= 0:
            took.bare.append(bare)
    return took


@contextmanager
def _watched(table: str, spent: list[float]) -> Iterator[None]:
    """Note how long statements last that read the table."""

    # Under Django and under statements over sets alike: both end in the driver.
    execute = psycopg.Cursor.execute

    def note(cursor: Any, query: Any, *given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(cursor, query, *given, **named)
        finally:
            if re.search(rf"\b(FROM|JOIN)\s+{table}|{table.strip(chr(34))} e\b", str(query)):
                spent.append(1000 * (time.perf_counter() - begun))

    psycopg.Cursor.execute = note  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]


def _timed(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = ask()
    took = 1000 * (time.perf_counter() - begun)
    assert getattr(answer, "status_code", 200) == 200, answer.status_code
    return took


def _fetched(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
