"""The same calls for both stores, and what can be seen of them: without ids, which differ, and with rounded moments."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.db import connection

from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import acts, starts
from potok.processes.models import Inbox, Incident, Instance, Journal, Ready, Subscription, Timer, Variables
from potok.processes.postgres import POSTGRES
from potok.processes.published import Published
from potok.processes.store import Store
from potok.processes.turn import Claimed, Turn
from tests.simulation.acts import Acts
from tests.simulation.database import Database, Session
from tests.simulation.store import MemoryStore

T = TypeVar("T")
SESSIONS = 2
Seen = dict[str, Any]


class Side(Protocol):
    """One of the two: sessions by number, each in a transaction of its own once it has begun one."""

    def begin(self, session: int) -> None: ...
    def end(self, session: int, *, commit: bool) -> None: ...
    def claim(self, session: int, *, limit: int, only: Sequence[int]) -> list[Claimed]: ...
    def keep(self, session: int, turns: Sequence[Turn], *, undone: bool) -> None: ...
    def start(self, *, record: int | None) -> None: ...
    def post(self, instance: int, *, kind: str, token: int) -> None: ...
    def suspend(self, instance: int, *, on: bool) -> None: ...
    def wind(self, minutes: int) -> None: ...
    def seen(self) -> Seen: ...
    def place(self, instance: int) -> int: ...


class Undone(Exception):  # noqa: N818
    """Rolls back."""


class Base:
    """What both have in common; `version` is what their instances follow."""

    def __init__(self, version: Published) -> None:
        self.version = version
        self.instances: list[int] = []
        self.open: dict[int, ExitStack] = {}

    def place(self, instance: int) -> int:
        """Which of the instances it is, in the order in which they began."""
        return self.instances.index(instance)

    def do(self, session: int, act: Callable[[], T]) -> T:
        raise NotImplementedError

    def store(self, session: int) -> Store:
        raise NotImplementedError

    def begin(self, session: int) -> None:
        def begin() -> None:
            self.open[session] = ExitStack()
            self.open[session].enter_context(self.store(session).transaction())

        self.do(session, begin)

    def end(self, session: int, *, commit: bool) -> None:
        def end() -> None:
            stack, failure = self.open.pop(session), None if commit else Undone()
            stack.__exit__(type(failure) if failure else None, failure, None)

        self.do(session, end)

    def claim(self, session: int, *, limit: int, only: Sequence[int]) -> list[Claimed]:
        named = [self.instances[place] for place in only]
        return list(self.do(session, lambda: self.store(session).claim(limit=limit, only=named)))

    def keep(self, session: int, turns: Sequence[Turn], *, undone: bool) -> None:
        def keep() -> None:
            try:
                with self.store(session).savepoint():
                    self.store(session).keep(turns)
                    if undone:
                        raise Undone
            except Undone:
                pass

        self.do(session, keep)


class Memory(Base):
    """The store of the simulation."""

    def __init__(self, version: Published, database: Database) -> None:
        super().__init__(version)
        self.database = database
        self.sessions = [Session(database) for _ in range(SESSIONS)]
        self.acts = Acts(Session(database), {"contract": version})
        self.begun = database.now

    def do(self, session: int, act: Callable[[], T]) -> T:
        self.database.scheduler.moment += 0.01
        return act()

    def store(self, session: int) -> Store:
        return MemoryStore(self.sessions[session], {self.version.id: self.version})

    def start(self, *, record: int | None) -> None:
        with self.acts.session.transaction():
            self.instances.append(self.acts.begin("contract", record=record))

    def post(self, instance: int, *, kind: str, token: int) -> None:
        with self.acts.session.transaction():
            self.acts.post([(self.instances[instance], kind, token, "{}")])

    def suspend(self, instance: int, *, on: bool) -> None:
        row = self.database.tables["instance"][self.instances[instance]]
        row["suspended_at"] = self.database.now if on else None

    def wind(self, minutes: int) -> None:
        self.database.jump += timedelta(minutes=minutes)

    def seen(self) -> Seen:
        def rows(table: str, *names: str) -> list[Any]:
            found = sorted(self.database.tables[table].items())
            return [tuple(self._plain(name, row[name]) for name in names) for _, row in found]

        states = rows("instance", "state", "status", "lines", "ended_at", "suspended_at", "status_text")
        return {
            "instances": [(*row[:3], row[3] is None, row[4] is None, row[5]) for row in states],
            "variables": [row["data"] for _, row in sorted(self.database.tables["variables"].items())],
            "ready": rows("ready", "instance", "due", "attempts"),
            "timers": sorted(rows("timer", "instance", "token", "due")),
            "inbox": rows("inbox", "instance", "kind", "token", "payload"),
            "ears": sorted(rows("ear", "instance", "token", "event", "key")),
            "journal": sorted(rows("journal", "instance", "number", "at", "entries", "told")),
            "incidents": rows("incident", "instance", "token", "node", "code", "resolution"),
        }

    def _plain(self, name: str, value: Any) -> Any:
        if name == "instance":
            return self.place(value)
        return rounded(value - self.begun) if isinstance(value, datetime) and name in ("due", "at") else value


class Real(Base):
    """PostgreSQL, each session in a thread with a connection of its own."""

    def __init__(self, version: Published) -> None:
        super().__init__(version)
        self.threads = [ThreadPoolExecutor(1) for _ in range(SESSIONS)]
        self.begun = clock.now()

    def close(self) -> None:
        for number, thread in enumerate(self.threads):
            if number in self.open:
                self.end(number, commit=False)
            thread.submit(lambda: connection.close()).result()  # that of the thread, not ours
            thread.shutdown()

    def do(self, session: int, act: Callable[[], T]) -> T:
        return self.threads[session].submit(act).result()

    def store(self, session: int) -> Store:
        return POSTGRES

    def start(self, *, record: int | None) -> None:
        about = RecordRef("crm.deal", record) if record else None
        with opened(None, door="command") as call:
            start = starts.Start(self.version.definition, self.version.id, call.at, record=about)
            self.instances += starts.begin([start])

    def post(self, instance: int, *, kind: str, token: int) -> None:
        with opened(None, door="command"):
            acts.post([(self.instances[instance], kind, token, "{}")])

    def suspend(self, instance: int, *, on: bool) -> None:
        Instance.objects.filter(pk=self.instances[instance]).update(suspended_at=clock.now() if on else None)

    def wind(self, minutes: int) -> None:
        clock.wind(timedelta(minutes=minutes))

    def seen(self) -> Seen:
        mine = Instance.objects.filter(pk__in=self.instances).order_by("pk")
        by = {"instance_id__in": self.instances}
        return {
            "instances": [(bytes(one.state), one.status, one.lines, one.ended_at is None, one.suspended_at is None,
                           one.status_text) for one in mine],
            "variables": [bytes(one.data) for one in Variables.objects.filter(**by).order_by("instance_id")],
            "ready": [(self.place(one.instance_id), self._rounded(one.due), one.attempts)
                      for one in Ready.objects.filter(**by).order_by("id")],
            "timers": sorted((self.place(one.instance_id), one.token, self._rounded(one.due))
                             for one in Timer.objects.filter(**by)),
            "inbox": [(self.place(one.instance_id), one.kind, one.token, one.payload)
                      for one in Inbox.objects.filter(**by).order_by("id")],
            "ears": sorted((self.place(one.instance_id), one.token, one.event, one.key)
                           for one in Subscription.objects.filter(**by)),
            "journal": sorted((self.place(one.instance_id), one.number, self._rounded(one.at), one.entries, one.told)
                              for one in Journal.objects.filter(**by)),
            "incidents": [(self.place(one.instance_id or 0), one.token, one.node, one.code, one.resolution)
                          for one in Incident.objects.filter(**by).order_by("id")],
        }  # fmt: skip

    def _rounded(self, moment: datetime) -> int:
        return rounded(moment - self.begun)


def rounded(lasts: timedelta) -> int:
    """In steps of five minutes, since the calls take time in reality."""
    return int(lasts.total_seconds() // 300)
