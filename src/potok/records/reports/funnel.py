"""The funnel: how many records came to each stage, how many went on from there, how long they stayed."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from potok.records import catalogue
from potok.records.models import Records, Stage
from potok.records.record_types import RecordType
from potok.records.reports import rules
from potok.records.reports.tables import LASTS, PERCENT, Heading, Line, Table

# What came first: the records, each with the stage it stands on now; then every entry into a stage that the history
# tells, with the moment of leaving it. A stay that goes on says nothing about how long it will be.
STAYS = """
WITH found AS ({rows}), entered AS (
    SELECT h.record_id, h.after->>'stage' AS code, h.at,
           lead(h.at) OVER (PARTITION BY h.record_id ORDER BY h.id) AS left_at
    FROM records_history h JOIN found f ON f.id = h.record_id
    WHERE h.record_type = %s AND h.after ? 'stage'),
been AS (
    SELECT record_id, code FROM entered
    UNION SELECT f.id, s.code FROM found f JOIN records_stage s ON s.id = f.stage_id),
furthest AS (
    SELECT b.record_id, max(s.place) AS place FROM been b
    JOIN unnest(%s::text[], %s::int[]) s(code, place) ON s.code = b.code GROUP BY b.record_id)
SELECT s.code,
       (SELECT count(*) FROM furthest f WHERE f.place >= s.place),
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM e.left_at - e.at))
        FROM entered e WHERE e.code = s.code AND e.left_at IS NOT NULL)
FROM unnest(%s::text[], %s::int[]) s(code, place) ORDER BY s.place
"""
Address = Callable[..., str]


def count(of: RecordType, rows: Records, *, pipeline: int | None, url: Address) -> Table:
    """Count the records that came to each stage of a pipeline or beyond it; lost ones stand apart."""
    chosen = _pipeline(of, pipeline)
    stages = [one for one in catalogue.current().stages_of(chosen) if one.kind != Stage.LOST]
    lost = [one for one in catalogue.current().stages_of(chosen) if one.kind == Stage.LOST]
    here = rows.filter(pipeline_id=chosen)
    found = _asked(of, here, stages)
    lines: list[Line] = []
    first = found[stages[0].code][0] if stages else 0
    before = first
    for stage in stages:
        reached, seconds = found[stage.code]
        lines.append(
            Line(stage.title, url(_on(stage)), [reached, _share(reached, before), _share(reached, first), seconds])
        )
        before = reached
    gone = here.filter(stage__in=lost).count() if lost else 0
    notes = (gettext("Lost: %(count)s of %(all)s") % {"count": gone, "all": first},) if lost else ()
    columns = [
        Heading(gettext("Came to it")),
        Heading(gettext("Of those before, %"), PERCENT, drawn=False),
        Heading(gettext("Of all, %"), PERCENT, drawn=False),
        Heading(gettext("Half stay no longer than"), LASTS, drawn=False),
    ]
    return Table(gettext("Stage"), columns, lines, (), "funnel", notes)


def _pipeline(of: RecordType, pipeline: int | None) -> int:
    known = [one.pk for one in catalogue.current().pipelines.get(of.name, [])]
    if not known:
        raise rules.NO_STAGES(place="shape", type=of.plural)
    return pipeline if pipeline in known else known[0]


def _asked(of: RecordType, rows: Any, stages: Sequence[Stage]) -> dict[str, tuple[int, Any]]:
    asked, given = rows.select_related(None).order_by().values("id", "stage_id").query.sql_with_params()
    codes, places = [one.code for one in stages], list(range(len(stages)))
    with connection.cursor() as cursor:
        cursor.execute(STAYS.format(rows=asked), [*given, of.name, codes, places, codes, places])
        return {code: (reached, seconds) for code, reached, seconds in cursor.fetchall()}


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) * 100 if whole else None


def _on(stage: Stage) -> Mapping[str, Any]:
    return {"field": "stage", "operator": "in", "value": [stage.code]}
