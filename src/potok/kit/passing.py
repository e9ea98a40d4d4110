"""Failures that are nobody's fault and over in a moment: two transactions met, and one of them had to give way.

Whoever asked never sees them: the door carries out his ask again, from the beginning, in a new transaction.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.db import DatabaseError

T = TypeVar("T")
# Deadlock, serialization failure, lock not available.
PASSING = frozenset({"40P01", "40001", "55P03"})
DISK_FULL = "53100"
ATTEMPTS = 5
PAUSE_SECONDS = 0.05


def is_passing(failure: BaseException) -> bool:
    """Tell whether the same thing may well succeed when it is tried again."""
    return _state(failure) in PASSING


def is_full(failure: BaseException) -> bool:
    """Tell whether the server has no room for what was to be written."""
    return _state(failure) == DISK_FULL


def _state(failure: BaseException) -> str | None:
    # Statements over sets go past Django, so psycopg's own errors come through too.
    cause = failure.__cause__ if isinstance(failure, DatabaseError) else failure
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None


def again(ask: Callable[[], T]) -> T:
    """Carry out an ask that opens a transaction of its own, and again if it had to give way; the last failure is
    raised."""
    for attempt in range(1, ATTEMPTS):
        try:
            return ask()
        except Exception as failure:
            if not is_passing(failure):
                raise
            rest(attempt)
    return ask()


def rest(attempt: int) -> None:
    """Wait a little before the next attempt; chance parts those who met."""
    time.sleep(random.uniform(0.5, 1.5) * PAUSE_SECONDS * 2**attempt)  # noqa: S311
