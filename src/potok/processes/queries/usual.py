"""How long the steps of a definition usually wait for people."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.cache import cache

from potok.kit import sets

Step = tuple[int, str]
"""A definition and the name of a step in it."""

# Of fewer answers nothing can be said; of many, the latest fifty say how it is now. The middle one is what is usual.
USUAL = """SELECT d.definition_id, d.node, percentile_cont(0.5) WITHIN GROUP (ORDER BY d.lasted) FROM (
        SELECT i.definition_id, a.node, a.closed_at - a.opened_at AS lasted,
            row_number() OVER (PARTITION BY i.definition_id, a.node ORDER BY a.id DESC) AS nth
        FROM processes_assignment a JOIN processes_instance i ON i.id = a.instance_id
        JOIN unnest(%b::bigint[], %b::text[]) w(definition, node) ON i.definition_id = w.definition AND a.node = w.node
        WHERE a.status = 'done') d WHERE d.nth <= 50 GROUP BY 1, 2 HAVING count(*) >= 3"""
KEPT_SECONDS = 60


def usual(steps: Iterable[Step]) -> dict[Step, timedelta]:
    """Say how long steps usually wait, in one question for all; a minute old at most, absent where it is not known."""
    keys = {step: f"processes.usual:{step[0]}:{step[1]}" for step in sorted(set(steps))}
    kept = cache.get_many(keys.values()) if keys else {}
    missing = [step for step, key in keys.items() if key not in kept]
    if missing:
        found = {(definition, node): lasted for definition, node, lasted in sets.execute(USUAL, missing)}
        fresh = {keys[step]: found.get(step) for step in missing}
        cache.set_many(fresh, KEPT_SECONDS)
        kept = {**kept, **fresh}
    return {step: lasted for step, key in keys.items() if (lasted := kept[key]) is not None}
