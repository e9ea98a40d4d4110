"""The events of a collection: one's own calendar with what one is invited to, or a shared calendar."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet
from icalendar import Calendar as Written

from potok.caldav import naming, reading, rules, writing
from potok.caldav.thing import Thing
from potok.calendar import public as calendar
from potok.calendar.public import Calendar, Event, Guest
from potok.kit.calls import Call
from potok.people.public import Person


@dataclass(frozen=True)
class EventsOf:
    """Events as devices read and write them. Nobody is told by mail of what a device brings."""

    person: Person
    shared: Calendar | None = None
    kind: str = naming.EVENT
    component: str = "VEVENT"

    def tags(self) -> dict[str, str]:
        """The tag of each event, by its name: another one as soon as anything that is written of it is another."""
        rows = dict(self._all().values_list("pk", "changed_at"))
        parts: dict[int, list[Any]] = {pk: [changed_at] for pk, changed_at in rows.items()}
        apart = Event.objects.filter(series__in=rows).order_by("pk").values_list("series", "pk", "changed_at")
        guests = Guest.objects.filter(event__in=rows).order_by("pk").values_list("event", "person", "answer")
        for series, *more in (*apart, *guests):
            parts[series or 0].append(more)
        called = self._called(rows)
        return {called[pk].name: _tag(pk, parts[pk]) for pk in rows}

    def things(self, names: Collection[str] | None = None) -> Iterator[Thing]:
        """The events with these names, all of them without; a name that is not there is passed over."""
        found = self._all() if names is None else self._all().filter(pk__in=self._numbers(names))
        events = list(found.select_related("person").prefetch_related("apart__guests__person", "guests__person"))
        called, tags = self._called([one.pk for one in events]), self.tags()
        titles = dict(calendar.kinds())
        for one in events:
            name, uid = called[one.pk].name, called[one.pk].uid
            if names is None or name in names:
                written = writing.event(one, uid=uid, kind=titles.get(one.kind, ""))
                yield Thing(name, tags[name], written, partial(_meets, one))

    def busy(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When something stands there within a stretch of time; whole days leave their people free."""
        near = self._all().filter(begins_at__lt=last, whole_day=False).filter(Q(ends_at__gt=first) | ~Q(repeats=""))
        rows = near.prefetch_related("apart")
        for one in [each for row in rows for each in (row, *row.apart.all())]:
            lasts = one.ends_at - one.begins_at
            for begins_at in one.times(first - lasts, last):
                if begins_at + lasts > first:
                    yield max(begins_at, first), min(begins_at + lasts, last)

    def put(self, call: Call, name: str, written: Written) -> bool:
        """Write an event down or change it; tells whether it is new."""
        there = self._found(name)
        read = reading.event(written, zone=there.zone if there else self.person.zone)
        if there is None:
            self._add(call, name, read)
            return True
        if self._called([there.pk])[there.pk].uid != read.uid:
            raise rules.UNSUPPORTED(what="UID")
        if self._is_guest(there):
            self._answer(call, there, read)
            return False
        calendar.change(call, event=there, fields={**read.fields, **_kind(read)})
        calendar.series.set_exceptions(call, event=there, skipped=read.skipped, apart=read.apart)
        return False

    def remove(self, call: Call, name: str) -> bool:
        """Take an event out; whoever is only invited declines. Tells whether there was one."""
        there = self._found(name)
        if there is None:
            return False
        if self._is_guest(there):
            calendar.answer(call, event=there, accepts=False)
        else:
            calendar.remove(call, event=there)
        return True

    def _add(self, call: Call, name: str, read: reading.ReadEvent) -> None:
        if naming.USUAL.fullmatch(name):
            raise rules.UNSUPPORTED(what=name)
        self._check_uid(read.uid)
        place = self.shared.pk if self.shared else None
        made = calendar.add(call, person=self.person.pk, calendar=place, **read.fields, **_kind(read))
        naming.keep(self.kind, made.pk, name=name, uid=read.uid)
        calendar.series.set_exceptions(call, event=made, skipped=read.skipped, apart=read.apart)

    def _check_uid(self, uid: str) -> None:
        for there in self._all().filter(pk__in=naming.with_uid(self.kind, uid)):
            raise rules.UID_TAKEN(href=self._called([there.pk])[there.pk].name)

    def _answer(self, call: Call, there: Event, read: reading.ReadEvent) -> None:
        """Of what somebody else holds only the own answer is one's own; the rest stays as it is."""
        said = read.answers.get(self.person.email)
        mine = Guest.objects.get(event=there, person=self.person.pk)
        if said is not None and mine.answer != ("accepted" if said else "declined"):
            calendar.answer(call, event=there, accepts=said)

    def _is_guest(self, event: Event) -> bool:
        return self.shared is None and event.person_id != self.person.pk

    def _all(self) -> QuerySet[Event]:
        if self.shared is not None:
            return Event.objects.filter(calendar=self.shared, series=None).order_by("pk")
        mine = calendar.visible_to(self.person.pk).filter(calendar.standing_with(self.person.pk))
        return mine.filter(series=None).order_by("pk")

    def _called(self, numbers: Iterable[int]) -> dict[int, naming.Called]:
        """Under the names that their owner's devices gave; what one is invited to has its number for a name."""
        called = naming.of(self.kind, list(numbers))
        if self.shared is not None:
            return called
        others = Event.objects.filter(pk__in=called).exclude(person=self.person.pk).values_list("pk", flat=True)
        usual = {pk: naming.Called(naming.usual(self.kind, pk).name, called[pk].uid) for pk in others}
        return {**called, **usual}

    def _numbers(self, names: Collection[str]) -> set[int]:
        return {number for name in names for number in naming.numbers(self.kind, name)}

    def _found(self, name: str) -> Event | None:
        for one in self._all().filter(pk__in=naming.numbers(self.kind, name)):
            if self._called([one.pk])[one.pk].name == name:
                return one
        return None


def _kind(read: reading.ReadEvent) -> dict[str, Any]:
    """The type of the event, if one of its categories is called like one of ours."""
    codes = {title.casefold(): code for code, title in calendar.kinds()}
    meant = [codes[one.casefold()] for one in read.categories if one.casefold() in codes]
    return {"kind": meant[0]} if meant else {}


def _tag(pk: int, parts: list[Any]) -> str:
    return blake2b(repr((pk, parts)).encode(), digest_size=10).hexdigest()


def _meets(one: Event, first: datetime, last: datetime) -> bool:
    def inside(begins: datetime, ends: datetime) -> bool:
        return begins < last and (ends > first or begins >= first)

    lasts = one.ends_at - one.begins_at
    if any(inside(other.begins_at, other.ends_at) for other in one.apart.all()):
        return True
    if not one.repeats:
        return inside(one.begins_at, one.ends_at)
    return any(inside(begins, begins + lasts) for begins in one.times(first - lasts, last))
