"""Why a process started on a record, or did not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from potok.engine import values
from potok.engine.values import RecordRef, Value
from potok.kit.errors import refusals
from potok.people import public as people
from potok.processes import rules
from potok.processes.models import StartLog


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One start that took place or not. `outcome` is started, skipped, queued, replaced or stopped; `on` what set it
    off (manual, created, changed, became, deleted), with the field and its two values."""

    at: datetime
    definition: str
    outcome: str
    on: str
    field: str
    was: Value
    now: Value
    by: str
    door: str
    instance: int | None
    sentence: str


def why(record: RecordRef, *, limit: int = 50) -> list[WhyLine]:
    """The latest lines about a record, the newest first."""
    rows = StartLog.objects.filter(record_type=record.type, record_id=record.id).select_related("definition")[:limit]
    names = people.names(row.by_id for row in rows if row.by_id is not None)
    return [_line(row, names) for row in rows]


def _line(row: StartLog, names: dict[int, str]) -> WhyLine:
    trigger: dict[str, Any] = row.trigger
    return WhyLine(
        at=row.at,
        definition=row.definition.title,
        outcome=row.outcome,
        on=trigger.get("on", ""),
        field=trigger.get("field", ""),
        was=values.decode(trigger.get("was")),
        now=values.decode(trigger.get("now")),
        by=names.get(row.by_id or 0, ""),
        door=row.fields.get("door", ""),
        instance=row.instance_id,
        sentence=_stopped(row.fields.get("code", "")),
    )


def _stopped(code: str) -> str:
    if code not in refusals():
        return ""
    fields = {"depth": rules.DEPTH_MAX, "count": rules.STARTS_A_MINUTE_MAX}
    return gettext(refusals()[code].sentence).format(**fields)
