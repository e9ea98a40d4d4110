"""The store of the shell over the database in memory. What it shares with the real one it takes from there: which of
the found are chosen, in which order they are told, which rows a turn leads to."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import zip_longest
from typing import Any

import psycopg

from potok.processes import claiming, keeping
from potok.processes.net import is_passing
from potok.processes.published import Published
from potok.processes.store import Followed
from potok.processes.turn import Claimed, Turn
from tests.simulation.database import Row, Session

OF_THE_LIVING = ("ready", "inbox", "timer", "ear", "local")


class MemoryStore:
    """See `potok.processes.store.Store`. `limit` makes batches small, `rests` makes an idle worker look up rarely."""

    def __init__(
        self, session: Session, versions: Mapping[int, Published], *, limit: int = 200, rests: float = 1.0
    ) -> None:
        self.session, self.versions, self.limit, self.rests = session, versions, limit, rests

    def transaction(self) -> AbstractContextManager[object]:
        return self.session.transaction()

    def savepoint(self) -> AbstractContextManager[object]:
        return self.session.savepoint()

    since_claim = savepoint

    def remembered(self) -> AbstractContextManager[object]:
        return nullcontext()

    def claim(self, *, limit: int, only: Sequence[int] = ()) -> list[Claimed]:
        limit = min(limit, self.limit)
        self.session.point("claim")
        found = self._named(only, limit) if only else self._due(limit)
        chosen = one_of_each_record(found, limit=limit)
        self.session.point("load")
        loaded = self._load(chosen)
        self.session.point()
        return loaded

    def _named(self, only: Sequence[int], limit: int) -> list[tuple[int, str, int | None]]:
        return self._locked(((id, self.session.get("instance", id)) for id in sorted(only)), limit)

    def _due(self, limit: int) -> list[tuple[int, str, int | None]]:
        session, now = self.session, self.session.now
        # What is found is as it was when each statement began; what is locked is looked at again.
        ready = sorted((row["due"], id, row["instance"]) for id, row in session.rows("ready") if row["due"] <= now)
        timers = sorted((row["due"], key[0]) for key, row in session.rows("timer") if row["due"] <= now)
        inbox = sorted((id, row["instance"]) for id, row in session.rows("inbox"))
        instances = dict(session.rows("instance"))
        session.point("lock")
        fair = _fairly([row[2] for row in ready], instances, share=max(limit // claiming.SHARES, 1))
        queues = [
            self._locked(((id, instances.get(id)) for id in queue), limit)
            for queue in (fair, [row[1] for row in timers], [row[1] for row in inbox])
        ]
        return [one for turn in zip_longest(*queues) for one in turn if one is not None]

    def _locked(self, candidates: Any, limit: int) -> list[tuple[int, str, int | None]]:
        found: list[tuple[int, str, int | None]] = []
        for id, row in candidates:
            if len(found) == limit:
                break
            if row is None or not _is_served(row) or not self.session.lock("instance", id, skip=True):
                continue
            again = self.session.get("instance", id)
            if again is not None and _is_served(again):
                found.append((id, again["record_type"], again["record_id"]))
        return found

    def _load(self, ids: Sequence[int]) -> list[Claimed]:
        session, now = self.session, self.session.now
        ready = sorted(
            (row["due"], id, row) for id, row in session.rows("ready") if row["instance"] in ids and row["due"] <= now
        )
        timers = sorted((row["due"], key) for key, row in session.rows("timer") if key[0] in ids and row["due"] <= now)
        inbox = sorted((id, row) for id, row in session.rows("inbox") if row["instance"] in ids)
        wakes = claiming.wakes_of(
            [(row["instance"], id, row["attempts"]) for _, id, row in ready],
            [key for _, key in timers],
            [(row["instance"], id, row["kind"], row["token"], row["payload"]) for id, row in inbox],
        )
        claimed = [self.claimed(id) for id in ids]
        for one in claimed:
            one.wakes = wakes.get(one.id, [])
        return claimed

    def claimed(self, id: int) -> Claimed:
        """Give an instance as it stands."""
        row, variables = self.session.get("instance", id), self.session.get("variables", id)
        assert row is not None
        return Claimed(
            id, row["definition"], row["version"], row["record_type"], row["record_id"], row["initiator"],
            row["depth"], row["parent"], row["parent_token"], row["state"], row["lines"],
            variables["data"] if variables else b"", self.session.now,
        )  # fmt: skip

    def followed(self, claimed: Sequence[Claimed]) -> list[Followed]:
        return [Followed(self.versions[one.version], {}) for one in claimed]

    def keep(self, turns: Sequence[Turn]) -> None:
        self.session.point("keep")
        for statement, rows in keeping.STATEMENTS:
            for row in [row for turn in turns for row in rows(turn)]:
                KEEPS[statement](self.session, *row)
        for turn in turns:
            if turn.ended_at:
                _clear(self.session, turn.claimed.id)
        self.session.settle()
        self.session.point()

    def net(self) -> "MemoryNet":
        return MemoryNet(self.session)

    def allow_waiting(self) -> None:
        pass

    def is_outage(self, failure: BaseException) -> bool:
        return isinstance(failure, psycopg.errors.AdminShutdown)

    def ring(self) -> None:
        self.session.database.scheduler.ring()

    def rest(self, *, at_most: float) -> float:
        self.session.point("rest")
        now = self.session.now
        due = [row["due"] for queue in ("ready", "timer") for _, row in self.session.rows(queue) if row["due"] > now]
        return min([self.rests, *(float((moment - now).total_seconds()) for moment in due)])


class MemoryNet:
    """See `potok.processes.net.Net`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hang(self) -> None:
        self._session.point("savepoint")
        self._mark = self._session.mark()

    def catch(self, failure: Exception) -> None:
        if isinstance(failure, psycopg.errors.AdminShutdown):
            raise failure
        self._session.back(self._mark)

    def passes(self, failure: Exception) -> bool:
        return is_passing(failure)


def _fairly(ready: Sequence[int], instances: Mapping[Any, Row], *, share: int) -> list[int]:
    """Let no definition have more than its share before the others."""
    before: Counter[int] = Counter()
    shares = []
    for place, id in enumerate(ready):
        row = instances.get(id)
        if row is not None and _is_served(row):
            shares.append((before[row["definition"]] // share, place, id))
            before[row["definition"]] += 1
    return [id for _, _, id in sorted(shares)]


def _is_served(row: Row) -> bool:
    return row["suspended_at"] is None and row["ended_at"] is None


def _clear(session: Session, instance: int) -> None:
    for queue in OF_THE_LIVING:
        for key, row in session.rows(queue):
            if row["instance"] == instance:
                session.drop(queue, key)


def _instance(session: Session, id: int, state: bytes, status: int, ended: Any, text: str | None, lines: int) -> None:
    row = session.get("instance", id) or {}
    kept = {"state": state, "status": status, "ended_at": ended, "lines": lines}
    session.put("instance", id, {**row, **kept, "status_text": text if text is not None else row["status_text"]})


def _journal(session: Session, instance: int, number: int, at: Any, entries: str, told: str, *more: Any) -> None:
    key = (instance, number, at)
    if session.get("journal", key) is not None:
        raise psycopg.errors.UniqueViolation("processes_journal_pkey")
    row = {"instance": instance, "number": number, "at": at, "entries": entries, "told": told, "more": more}
    session.put("journal", key, row)


def _less(table: str) -> Callable[..., None]:
    def drop(session: Session, *key: Any) -> None:
        session.drop(table, key if len(key) > 1 else key[0])

    return drop


def _timer(session: Session, instance: int, token: int, due: Any) -> None:
    session.put("timer", (instance, token), {"instance": instance, "token": token, "due": due})


def _ear(session: Session, instance: int, token: int, event: str, key: str, where: str, watches: str) -> None:
    row = {"instance": instance, "token": token, "event": event, "key": key, "where": where, "watches": watches}
    session.put("ear", (instance, token), row)


def _local(session: Session, instance: int, scope: int, data: bytes) -> None:
    session.put("local", (instance, scope), {"instance": instance, "data": data})


def _ready(session: Session, instance: int, due: Any, attempts: int) -> None:
    session.put("ready", session.number("ready"), {"instance": instance, "due": due, "attempts": attempts})


def _incident(session: Session, _definition: int, instance: int, token: int | None, node: str, code: str,
              *_rest: Any) -> None:  # fmt: skip
    row = {"instance": instance, "token": token, "node": node, "code": code, "resolution": ""}
    session.put("incident", session.number("incident"), row)


def _mended(session: Session, instance: int, token: int, _at: Any) -> None:
    for key, row in session.rows("incident"):
        if (row["instance"], row["token"]) == (instance, token):
            session.update(
                "incident", key, lambda now: {**now, "resolution": "gone"} if not now["resolution"] else None
            )


def _held(session: Session, instance: int, at: Any) -> None:
    session.put("instance", instance, {**(session.get("instance", instance) or {}), "suspended_at": at})


KEEPS: Mapping[str, Callable[..., None]] = {
    keeping.INSTANCES: _instance,
    keeping.VARIABLES: lambda session, key, data: session.put("variables", key, {"data": data}),
    keeping.LOCAL: _local,
    keeping.LESS_LOCAL: _less("local"),
    keeping.JOURNAL: _journal,
    keeping.LESS_READY: _less("ready"),
    keeping.LESS_INBOX: _less("inbox"),
    keeping.LESS_TIMERS: _less("timer"),
    keeping.MORE_TIMERS: _timer,
    keeping.LESS_EARS: _less("ear"),
    keeping.MORE_EARS: _ear,
    keeping.MORE_READY: _ready,
    keeping.INCIDENTS: _incident,
    keeping.HELD: _held,
    keeping.MENDED: _mended,
}


def one_of_each_record(rows: Iterable[tuple[int, str, int | None]], *, limit: int) -> list[int]:
    """Choose among instances (id, type and id of the record) so that no two are of one record."""
    chosen: dict[int, None] = {}
    records: dict[tuple[str, int], int] = {}
    for id, record_type, record_id in rows:
        if record_id is not None and records.setdefault((record_type, record_id), id) != id:
            continue
        chosen[id] = None
    return list(chosen)[:limit]
