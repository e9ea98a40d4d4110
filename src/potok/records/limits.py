"""What roles leave out: fields and pipelines that are hidden from a person, or that he may not change.

Of several roles the widest counts. Who sees a record only because it was shared with him holds no role that would say
what of it he may see: from him everything is left out that is left out for any role.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from potok.people import public as people
from potok.records.models import Limit
from potok.records.record_types import RecordType, record_types

if TYPE_CHECKING:
    from potok.records.catalogue import Catalogue

ORDER = ("", Limit.READ_ONLY, Limit.HIDDEN)
# Every list and every check stands on these.
NEVER = ("title", "pipeline", "stage", "responsible")


def levels(limits: Iterable[Limit], roles: Iterable[int], *, key: Callable[[Limit], Any]) -> dict[Any, str]:
    """How each field or pipeline is limited for somebody who holds these roles: by the least of their limits."""
    limited: dict[Any, dict[int, str]] = {}
    for one in limits:
        if name := key(one):
            limited.setdefault(name, {})[one.role_id] = one.level
    held = set(roles)
    found = {name: _widest(by_role, held) for name, by_role in limited.items()}
    return {name: level for name, level in found.items() if level}


def _widest(by_role: Mapping[int, str], held: set[int]) -> str:
    if not held:
        return max(by_role.values(), key=ORDER.index)
    return min((by_role.get(role, "") for role in held), key=ORDER.index)


def seen(known: "Catalogue", *, by: int) -> "Catalogue":
    """The catalogue as a person may know it: what is hidden is not there, what he may not change is read-only."""
    fields, pipelines, stages = dict(known.fields), dict(known.pipelines), dict(known.stages)
    for name, limited in known.limits.items():
        of = record_types.get(name)
        if of is None or name not in fields:
            continue
        granted = people.grants(by, permission=of.may("see"))
        if granted.everything:
            return known
        by_field = levels(limited, granted.extents, key=lambda one: one.field)
        fields[name] = {
            one.name: replace(one, read_only=True) if by_field.get(one.name) else one
            for one in fields[name].values()
            if by_field.get(one.name) != Limit.HIDDEN
        }
        closed = {id for id, level in _pipelines(limited, granted).items() if level == Limit.HIDDEN}
        pipelines[name] = [one for one in pipelines.get(name, []) if one.pk not in closed]
        stages[name] = {code: one for code, one in stages.get(name, {}).items() if one.pipeline_id not in closed}
    return replace(known, fields=fields, pipelines=pipelines, stages=stages)


def _pipelines(limited: Iterable[Limit], granted: people.Grants) -> dict[int, str]:
    # What was shared with somebody is seen in whatever pipeline it stands.
    return levels(limited, granted.extents, key=lambda one: one.pipeline_id) if granted.extents else {}


def forbidding(act: str) -> tuple[str, ...]:
    """The levels that forbid an act in a pipeline: what may only be read is seen and exported."""
    return (Limit.HIDDEN,) if act in ("see", "export") else Limit.LEVELS


def by_pipeline(of: RecordType, limited: Iterable[Limit], granted: people.Grants, *, act: str) -> dict[int, int]:
    """How far an act reaches in each pipeline in which some role lets do less than elsewhere; 0 is nowhere."""
    forbid = forbidding(act)
    closed: dict[int, set[int]] = {}
    for one in limited:
        if one.pipeline_id and one.level in forbid and one.role_id in granted.extents:
            closed.setdefault(one.pipeline_id, set()).add(one.role_id)
    return {
        pipeline: max((extent for role, extent in granted.extents.items() if role not in roles), default=0)
        for pipeline, roles in closed.items()
    }
