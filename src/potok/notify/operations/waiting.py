"""What waits for people: opened and closed by the parts above, so that all counters agree."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.notify import rules
from potok.notify.models import Waiting
from potok.notify.permissions import KEEP
from potok.people import public as people

SNOOZED_MOST = timedelta(days=366)
# What is open already gets the new words and the new deadline; when it was opened stays, and so does a put-off of the
# person's own.
OPEN = """
INSERT INTO notify_waiting (person_id, key, kind, title, subtitle, url, record_type, record_id, due_at, opened_at,
                            wakes_at)
SELECT * FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
                     %b::bigint[], %b::timestamptz[], %b::timestamptz[], %b::timestamptz[])
ON CONFLICT (key, person_id) WHERE closed_at IS NULL DO UPDATE SET (kind, title, subtitle, url, record_type, record_id,
    due_at, wakes_at) = (excluded.kind, excluded.title, excluded.subtitle, excluded.url, excluded.record_type,
    excluded.record_id, excluded.due_at, coalesce(excluded.wakes_at, notify_waiting.wakes_at))
"""
CLOSE = """
UPDATE notify_waiting w SET closed_at = c.at FROM unnest(%b::text[], %b::bigint[], %b::timestamptz[]) c(key, person, at)
WHERE w.key = c.key AND w.closed_at IS NULL AND (c.person IS NULL OR w.person_id = c.person)
RETURNING c.key, c.person, w.person_id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits for one person."""

    person: int
    key: str
    kind: str
    title: str
    subtitle: str
    url: str
    record_type: str
    record_id: int | None
    due_at: datetime | None
    from_at: datetime | None

    @property
    def row(self) -> tuple[str, int]:
        return self.key, self.person


@dataclass(frozen=True, slots=True)
class Closing:
    """What waits no longer: for one person, or for all."""

    key: str
    person: int | None

    @property
    def row(self) -> tuple[str, int | None]:
        return self.key, self.person


def _keep_open(rows: Sequence[tuple[Call, Row]]) -> list[Refused | None]:
    known = people.by_id(row.person for _, row in rows)
    kept = [(call, row) for call, row in rows if row.person in known]
    if kept:
        sets.execute(OPEN, [_columns(call, row) for call, row in kept])
    for _, row in kept:
        touch("person", row.person)
    return [None if row.person in known else rules.NOBODY(place="person", person=row.person) for _, row in rows]


@operation("notify.waiting.open", needs=KEEP, many=_keep_open)
def open_(
    call: Call,
    *,
    person: int,
    key: str,
    kind: str,
    title: str,
    subtitle: str = "",
    url: str = "",
    record_type: str = "",
    record_id: int | None = None,
    due_at: datetime | None = None,
    from_at: datetime | None = None,
) -> Row:
    """Put one thing into a person's inbox; opened again under the same key it gets the new words, not a second row.

    Before `from_at` it lies aside: no list of what is to be done shows it and no counter counts it.
    The parts do it as the system: `waiting.open_(call.by_system(), …)`.
    """
    rules.check_waiting(key=key, title=title, url=url)
    return Row(person, key, kind, title.strip(), subtitle, url, record_type, record_id, due_at, from_at)


def _keep_closed(rows: Sequence[tuple[Call, Closing]]) -> list[list[int]]:
    closed: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for key, asked, person in sets.execute(CLOSE, [(what.key, what.person, call.at) for call, what in rows]):
        closed[key, asked].append(person)
        touch("person", person)
    return [sorted(closed[what.row]) for _, what in rows]


@operation("notify.waiting.close", needs=KEEP, many=_keep_closed)
def close(call: Call, *, key: str, person: int | None = None) -> Closing:
    """Take a thing out of a person's inbox, or out of everybody's; answer with those for whom it was open."""
    return Closing(key, person)


@operation("notify.waiting.snooze", needs="")
def snooze(call: Call, *, key: str, until: datetime | None) -> None:
    """Put a thing of one's own off until a moment; without one it is taken up again at once."""
    if until is not None and not call.at < until <= call.at + SNOOZED_MOST:
        raise rules.WRONG_MOMENT(place="until")
    mine = Waiting.objects.filter(key=key, person=call.by, closed_at=None)
    if call.by is None or not mine.update(wakes_at=until):
        raise rules.NOTHING_WAITS()
    touch("person", call.by)


def _columns(call: Call, row: Row) -> tuple[object, ...]:
    return (
        row.person,
        row.key,
        row.kind,
        row.title,
        row.subtitle,
        row.url,
        row.record_type,
        row.record_id,
        row.due_at,
        call.at,
        row.from_at,
    )
