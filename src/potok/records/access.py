"""Who may do what with which records: how far roles reach, which pipelines they leave out, what was shared.

`reach(by, of, act)` is the one answer; lists narrow by it (`narrows`), cards and operations ask it (`covers`).
People from outside see what they are responsible for and what was shared with them, whatever their roles say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from potok.kit import events
from potok.kit.errors import FORBIDDEN, Refused
from potok.kit.permissions import Ask, permissions
from potok.people import public as people
from potok.people.public import EVERYTHING, NOTHING, Extent
from potok.records import catalogue, limits
from potok.records.models import Record, Records, Share
from potok.records.record_types import RecordType, record_types

# What a share lets do: to see, and where it says so, to change.
SHARED = {"see": {}, "edit": {"may_edit": True}}


class _Among(Func):
    """One of an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True)
class Reach:
    """How far one act on the records of a type reaches for a person. `closer` are pipelines in which it reaches less
    far than elsewhere; `shared` tells whether what was shared counts."""

    of: RecordType
    by: int | None
    act: str
    usual: people.Reach
    closer: tuple[tuple[int, people.Reach], ...] = ()
    shared: bool = False

    @property
    def is_everything(self) -> bool:
        return self.usual.owners is None and not self.closer

    @property
    def is_nowhere(self) -> bool:
        """Tell whether nothing is reached: no role grants it, and nothing was shared."""
        granted = not self.usual.is_nowhere or any(not one.is_nowhere for _, one in self.closer)
        return not granted and not (self.shared and shares(self.of, self.by or 0, act=self.act).exists())

    def narrows(self) -> Q:
        """The condition for rows of the type."""
        usual = self.usual.narrows("responsible")
        if self.closer:
            usual &= ~Q(pipeline__in=[pipeline for pipeline, _ in self.closer])
            for pipeline, one in self.closer:
                usual |= Q(pipeline=pipeline) & one.narrows("responsible")
        if self.shared and not self.is_everything:
            usual |= self._shown()
        return usual

    def _shown(self) -> Q:
        """The condition for what was shared: an array, asked for once. With `IN (SELECT …)` beside other conditions the
        database walks through all rows; an array it joins with what indexes say of them."""
        found = shares(self.of, self.by or 0, act=self.act).values("record_id")
        return Q(_Among(F("pk"), ArraySubquery(found)))

    def covers_by_role(self, row: Any) -> bool:
        """Tell whether roles alone let do this with a row."""
        pipeline = getattr(row, "pipeline_id", None)
        usual = next((one for known, one in self.closer if known == pipeline), self.usual)
        return usual.covers(row.owners())

    def covers(self, row: Any) -> bool:
        """Tell whether the person may do this with a row."""
        if self.covers_by_role(row):
            return True
        return self.shared and shares(self.of, self.by or 0, act=self.act).filter(record_id=row.pk).exists()


def reach(by: int | None, of: RecordType, act: str) -> Reach:
    """Tell how far an act reaches for a person; None is the system, which may do everything."""
    if by is None:
        return Reach(of, by, act, EVERYTHING)
    return events.judged((Reach, by, of, act), lambda: _found(by, of, act))


def _found(by: int, of: RecordType, act: str) -> Reach:
    granted = people.grants(by, permission=of.may(act))
    if granted.everything:
        return Reach(of, by, act, EVERYTHING)
    limited = catalogue.whole().limits.get(of.name, ())
    closer = limits.by_pipeline(of, limited, granted, act=act)
    extents = {max(granted.extents.values(), default=0), *closer.values()}
    known = {extent: _within(by, extent, external=granted.external) for extent in extents}
    usual = known[max(granted.extents.values(), default=0)]
    return Reach(of, by, act, usual, tuple((one, known[extent]) for one, extent in closer.items()), act in SHARED)


def _within(by: int, extent: int, *, external: bool) -> people.Reach:
    if not extent:
        return NOTHING
    return people.within(by, extent=Extent.OWN if external else Extent(extent))


def shares(of: RecordType, by: int, *, act: str) -> "QuerySet[Share]":
    """What of a type was shared with a person, himself, his groups or his departments from his own up."""
    return Share.objects.filter(record_type=of.name, holder__in=people.called(by), **SHARED[act])


def shared_with(by: int) -> "QuerySet[Share, tuple[str, int]]":
    """Type and id of all that was shared with a person."""
    return Share.objects.filter(holder__in=people.called(by)).values_list("record_type", "record_id")


def rows(of: RecordType, *, by: int | None, act: str = "see") -> Records:
    """The rows of a type with which a person may do this, in the trash or not."""
    return of.rows().filter(reach(by, of, act).narrows())


def may(by: int | None, row: Record, *, act: str) -> bool:
    """Tell whether a person may do this with one record."""
    return reach(by, record_types[row.record_type], act).covers(row)


def closed(by: int | None, of: RecordType, act: str) -> frozenset[int]:
    """The pipelines in which a person may do this with nothing."""
    return frozenset(pipeline for pipeline, one in reach(by, of, act).closer if one.is_nowhere)


def judge(asks: Sequence[Ask]) -> list[Refused | None]:
    """The gate before the operations on records: None, or the refusal that names the missing permission."""
    reached = {key: _reach(*key) for key in dict.fromkeys((ask.by, ask.permission) for ask in asks)}
    answers = [_by_role(reached[ask.by, ask.permission], ask) for ask in asks]
    for (by, permission), far in reached.items():
        left = [n for n, ask in enumerate(asks) if not answers[n] and (ask.by, ask.permission) == (by, permission)]
        shared = _shared(far, {id for n in left if (id := _id(far, asks[n])) is not None})
        for n in left:
            answers[n] = _id(far, asks[n]) in shared
    return [None if allowed else _refused(ask.permission) for ask, allowed in zip(asks, answers, strict=True)]


def _reach(by: int | None, permission: str) -> Reach:
    name, _, act = permission.rpartition(".")
    return reach(by, record_types[name], act)


def _by_role(far: Reach, ask: Ask) -> bool:
    if ask.thing is None:
        return not far.usual.is_nowhere or any(not one.is_nowhere for _, one in far.closer)
    return far.covers_by_role(ask.thing)


def _id(far: Reach, ask: Ask) -> int | None:
    """Which row of the type is meant: what only belongs to one, a payment, is shared with nobody."""
    row = ask.thing
    return row.pk if isinstance(row, Record) and row.record_type == far.of.name else None


def _shared(far: Reach, ids: set[int]) -> set[int]:
    if not ids or not far.shared:
        return set()
    found = shares(far.of, far.by or 0, act=far.act).filter(record_id__in=ids)
    return set(found.values_list("record_id", flat=True))


record_types.judge = judge


def _refused(permission: str) -> Refused:
    declared = permissions.get(permission)
    return FORBIDDEN(permission=declared.title if declared else permission)


def with_shares(by: int) -> Iterable[tuple[str, bool]]:
    """The types of which something was shared with a person, and whether he may change some of it."""
    found = Share.objects.filter(holder__in=people.called(by)).values_list("record_type", "may_edit")
    return set(found.distinct())
