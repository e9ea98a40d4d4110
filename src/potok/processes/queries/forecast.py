"""When instances will be over, by what those took that were where they are now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from potok.kit import clock, sets
from potok.processes.models import Instance, Standing

KEPT_SECONDS = 300
DAYS = 180
# How long it took from where others stood to their end; of fewer than three nothing can be said.
REMAINED = """SELECT v.version_id, v.node, count(*),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY i.ended_at - v.begun_at)
    FROM processes_visit v JOIN processes_instance i ON i.id = v.instance_id
    JOIN unnest(%b::bigint[], %b::int[]) w(version, node) ON v.version_id = w.version AND v.node = w.node
    WHERE i.status = %b::int AND i.ended_at >= %b::timestamptz AND v.ended_at IS NOT NULL
    GROUP BY 1, 2 HAVING count(*) >= 3"""
HELD = """SELECT instance_id, version_id, node, begun_at FROM processes_visit
    WHERE ended_at IS NULL AND instance_id = ANY(%b::bigint[]) ORDER BY begun_at"""
Step = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forecast:
    """When an instance will probably be over, and by how many others that is reckoned."""

    at: datetime
    by: int


def forecasts(instances: Iterable[Instance]) -> dict[int, Forecast]:
    """Say when those that run will be over, by id; absent where too few have gone the same way."""
    live = [one.pk for one in instances if one.ended_at is None]
    held = list(sets.execute(HELD, (), live)) if live else []
    known = _remained({(version, node) for _instance, version, node, _begun in held})
    found: dict[int, Forecast] = {}
    for instance, version, node, begun in held:
        if step := known.get((version, node)):
            count, lasts = step
            # What should have ended long ago ends no earlier than now.
            found[instance] = Forecast(max(begun + lasts, clock.now()), count)
    return found


def _remained(steps: Iterable[Step]) -> Mapping[Step, tuple[int, timedelta]]:
    keys = {step: f"processes.forecast:{step[0]}:{step[1]}" for step in sorted(set(steps))}
    kept = cache.get_many(keys.values()) if keys else {}
    missing = [step for step, key in keys.items() if key not in kept]
    if missing:
        columns = [list(column) for column in zip(*missing, strict=True)]
        since = clock.now() - timedelta(days=DAYS)
        rows = sets.execute(REMAINED, (), *columns, int(Standing.COMPLETED), since)
        found = {(version, node): (count, lasts) for version, node, count, lasts in rows}
        fresh = {keys[step]: found.get(step) for step in missing}
        cache.set_many(fresh, KEPT_SECONDS)
        kept = {**kept, **fresh}
    return {step: kept[key] for step, key in keys.items() if kept.get(key)}
