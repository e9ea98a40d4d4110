"""One's tasks as devices read and write them: a tick completes the task, and what waits for it goes on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet
from icalendar import Calendar as Written

from potok.caldav import naming, reading, rules, writing
from potok.caldav.thing import Thing
from potok.kit import clock
from potok.kit.calls import Call
from potok.people.public import Person
from potok.tasks import public as tasks
from potok.tasks.public import Task

# What was completed stays so long on a phone.
DONE_STAYS = timedelta(days=30)
OPEN, DONE = frozenset({"new", "in_progress", "deferred"}), frozenset({"awaiting", "done"})


@dataclass(frozen=True)
class TasksOf:
    """What a person is to do."""

    person: Person
    kind: str = naming.TASK
    component: str = "VTODO"

    def tags(self) -> dict[str, str]:
        """The tag of each task, by its name."""
        rows = dict(self._all().values_list("pk", "changed_at"))
        called = naming.of(self.kind, rows)
        return {called[pk].name: _tag(pk, changed_at) for pk, changed_at in rows.items()}

    def things(self, names: Collection[str] | None = None) -> Iterator[Thing]:
        """The tasks with these names, all of them without; a name that is not there is passed over."""
        numbers = {number for name in names or () for number in naming.numbers(self.kind, name)}
        found = list(self._all() if names is None else self._all().filter(pk__in=numbers))
        called = naming.of(self.kind, {one.pk for one in found} | {one.parent_id for one in found if one.parent_id})
        for one in found:
            name, uid = called[one.pk].name, called[one.pk].uid
            if names is None or name in names:
                above = called[one.parent_id].uid if one.parent_id else ""
                written = writing.task(one, uid=uid, above=above)
                tag = _tag(one.pk, one.changed_at)
                yield Thing(name, tag, written, partial(_meets, one))

    def busy(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Tasks take no time of anybody's calendar."""
        return iter(())

    def put(self, call: Call, name: str, written: Written) -> bool:
        """Write a task down for oneself, change it, tick it; tells whether it is new."""
        there, read = self._found(name), reading.task(written, zone=self.person.zone)
        if there is None:
            self._add(call, name, read)
            return True
        if naming.of(self.kind, [there.pk])[there.pk].uid != read.uid:
            raise rules.UNSUPPORTED(what="UID")
        if changed := {field: value for field, value in read.fields.items() if _differs(there, field, value)}:
            there = tasks.change(call, task=there, fields=changed)
        _lead(call, there, read.status)
        return False

    def remove(self, call: Call, name: str) -> bool:
        """Remove a task for good, which only who gave it may; tells whether there was one."""
        there = self._found(name)
        if there is None:
            return False
        tasks.remove(call, task=there)
        return True

    def _add(self, call: Call, name: str, read: reading.ReadTask) -> None:
        if naming.USUAL.fullmatch(name):
            raise rules.UNSUPPORTED(what=name)
        for there in self._all().filter(pk__in=naming.with_uid(self.kind, read.uid)):
            raise rules.UID_TAKEN(href=naming.of(self.kind, [there.pk])[there.pk].name)
        made = tasks.add(call, responsible=self.person.pk, **read.fields)
        naming.keep(self.kind, made.pk, name=name, uid=read.uid)
        _lead(call, made, read.status)

    def _all(self) -> QuerySet[Task]:
        mine = Q(responsible=self.person.pk) | Q(accomplices__contains=[self.person.pk])
        recent = ~Q(status="done") | Q(closed_at__gte=clock.now() - DONE_STAYS)
        return tasks.visible_to(self.person.pk).filter(mine, recent).order_by("pk")

    def _found(self, name: str) -> Task | None:
        for one in self._all().filter(pk__in=naming.numbers(self.kind, name)):
            if naming.of(self.kind, [one.pk])[one.pk].name == name:
                return one
        return None


def _lead(call: Call, task: Task, said: str) -> None:
    """Lead the task where the device says that it is; where it is already, nothing happens."""
    if said == "COMPLETED" and task.status in OPEN:
        tasks.complete(call, task=task)
    elif said in ("NEEDS-ACTION", "IN-PROCESS") and task.status in DONE:
        tasks.reopen(call, task=task)
    elif said == "IN-PROCESS" and task.status in ("new", "deferred"):
        tasks.start(call, task=task)


def _differs(task: Task, field: str, value: Any) -> bool:
    was = getattr(task, field)
    if isinstance(was, str):
        return " ".join(was.split()) != " ".join(str(value).split())
    if isinstance(was, datetime) and isinstance(value, datetime):
        return abs(was - value) >= timedelta(seconds=1)  # devices know no parts of seconds
    return bool(was != value)


def _tag(pk: int, changed_at: datetime) -> str:
    return blake2b(repr((pk, changed_at)).encode(), digest_size=10).hexdigest()


def _meets(one: Task, first: datetime, last: datetime) -> bool:
    """Whether a task falls into a stretch of time; one without days falls into each (RFC 4791, 9.9)."""
    begins, ends = one.begins_at or one.deadline, one.deadline or one.begins_at
    if begins is None or ends is None:
        return True
    return begins < last and ends >= first
