"""A database in memory: READ COMMITTED transactions with savepoints, row locks, sequences and a clock.

It knows no SQL. What a statement does is written by who asks (`store`, `acts`), in terms of rows; what happens between
two transactions is decided here, as PostgreSQL decides it. `tests/simulation/test_contract.py` holds the two together.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg

from tests.simulation.scheduler import Scheduler

BEGIN = datetime(2030, 1, 1, 9, tzinfo=UTC)
Row = dict[str, Any]
Place = tuple[str, Any]


class Database:
    """What is committed, who holds which row, and what was done outside of transactions."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.tables: dict[str, dict[Any, Row]] = defaultdict(dict)
        self.locks: dict[Place, Session] = {}
        self.numbers: Counter[str] = Counter()
        self.jump = timedelta()
        self.watch: Callable[[Mapping[Place, Row | None]], None] | None = None

    @property
    def now(self) -> datetime:
        """The clock of the database, which may be set while everything runs."""
        return BEGIN + timedelta(seconds=self.scheduler.moment) + self.jump


class Session:
    """A connection. `breaks` is how often, of all its calls, it is cut."""

    def __init__(self, database: Database, *, random: Random | None = None, breaks: float = 0.0) -> None:
        self.database, self._random, self._breaks = database, random, breaks
        self.open = False
        self._changes: dict[str, dict[Any, Row | None]] = {}
        self._undo: list[tuple[str, Any, Any]] = []
        self._held: list[Place] = []
        self._waits_for: Session | None = None
        self._after: list[Callable[[], None]] = []
        self.announced: list[Any] = []
        self.settle: Callable[[], None] = lambda: None

    # -- transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, or undo everything; inside another one, join it."""
        if self.open:
            yield
            return
        self.open = True
        try:
            yield
            self.settle()
            self.point("commit")
            after = self._commit()
        except BaseException:
            self.abort()
            raise
        self.point()
        for act in after:
            act()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what follows, and the locks that it took, if it raises."""
        mark = self.mark()
        self.point("savepoint")
        try:
            yield
        except BaseException:
            self.back(mark)
            raise

    def mark(self) -> tuple[int, int, int, int]:
        return len(self._undo), len(self._held), len(self.announced), len(self._after)

    def back(self, mark: tuple[int, int, int, int]) -> None:
        """Go back to a mark, as ROLLBACK TO SAVEPOINT does."""
        if not self.open:
            return
        undo, held, announced, after = mark
        for table, key, before in reversed(self._undo[undo:]):
            if before is _NOTHING:
                del self._changes[table][key]
            else:
                self._changes[table][key] = before
        del self._undo[undo:], self.announced[announced:], self._after[after:]
        for place in self._held[held:]:
            del self.database.locks[place]
        del self._held[held:]

    def abort(self) -> None:
        """Undo everything and let go, as the server does when the other side is gone."""
        if self.open:
            self.back((0, 0, 0, 0))
        self._forget()

    def after_commit(self, act: Callable[[], None]) -> None:
        self._after.append(act)

    def _commit(self) -> list[Callable[[], None]]:
        tables, after = self.database.tables, list(self._after)
        changes = {(name, key): row for name, rows in self._changes.items() for key, row in rows.items()}
        for (name, key), row in changes.items():
            if row is None:
                tables[name].pop(key, None)
            else:
                tables[name][key] = row
        if self.database.watch:
            self.database.watch(changes)
        for place in self._held:
            del self.database.locks[place]
        self._held.clear()
        self._forget()
        return after

    def _forget(self) -> None:
        self.open, self._waits_for = False, None
        self._changes, self._undo, self._after, self.announced = {}, [], [], []

    # -- calls

    def point(self, what: str = "") -> None:
        """A call begins or ends: others may come in between, and the connection may break."""
        self.database.scheduler.point(what)
        if self._random is not None and self._random.random() < self._breaks:
            self.abort()
            raise psycopg.errors.AdminShutdown("the connection was cut")

    @property
    def now(self) -> datetime:
        return self.database.now

    # -- rows

    def rows(self, table: str) -> list[tuple[Any, Row]]:
        """All rows that this transaction sees, by key."""
        seen, own = self.database.tables[table], self._changes.get(table)
        if not own:
            return list(seen.items())
        return [(key, row) for key, row in {**seen, **own}.items() if row is not None]

    def get(self, table: str, key: Any) -> Row | None:
        own = self._changes.get(table)
        return own[key] if own and key in own else self.database.tables[table].get(key)

    def number(self, table: str) -> int:
        """The next of a sequence, which no transaction gives back."""
        self.database.numbers[table] += 1
        return self.database.numbers[table]

    def put(self, table: str, key: Any, row: Row | None) -> None:
        """Write a row that nobody else writes: a new one, or one that is locked by this transaction."""
        own = self._changes.setdefault(table, {})
        self._undo.append((table, key, own.get(key, _NOTHING)))
        own[key] = row

    def drop(self, table: str, key: Any) -> None:
        self.put(table, key, None)

    def update(self, table: str, key: Any, change: Callable[[Row], Row | None]) -> bool:
        """Change a row for which `change` gives a new one; waits for whoever holds it, and looks again then."""
        row = self.get(table, key)
        if row is None or change(row) is None:
            return False
        self.lock(table, key)
        row = self.get(table, key)
        changed = change(row) if row is not None else None
        if changed is not None:
            self.put(table, key, changed)
        return changed is not None

    def lock(self, table: str, key: Any, *, skip: bool = False) -> bool:
        """Lock a row till the end of the transaction; with `skip`, say no instead of waiting."""
        place, locks = (table, key), self.database.locks
        while (holder := locks.get(place)) is not None and holder is not self:
            if skip:
                return False
            self._wait(holder, place)
        if holder is None:
            locks[place] = self
            self._held.append(place)
        return True

    def _wait(self, holder: "Session", place: Place) -> None:
        other: Session | None = holder
        while other is not None:
            if other is self:
                raise psycopg.errors.DeadlockDetected("they wait for each other")
            other = other._waits_for
        self._waits_for = holder
        self.database.scheduler.until(lambda: self.database.locks.get(place) is not holder)
        self._waits_for = None


_NOTHING: Any = object()
