"""Definitions with their versions, how many instances follow them, and open incidents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from potok.processes.models import Definition, Incident, Instance, Version
from potok.processes.queries.incidents import Trouble, told


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """One definition as the list of them shows it."""

    id: int
    code: str
    title: str
    record_type: str
    is_active: bool
    version: int | None
    published_at: datetime | None
    running: int
    incidents: int
    has_draft: bool


def definition_lines() -> list[DefinitionLine]:
    """All definitions by title."""
    running = _counted(Instance.objects.filter(ended_at=None).values_list("definition").annotate(Count("pk")))
    broken = _counted(Incident.objects.filter(resolved_at=None).values_list("definition").annotate(Count("pk")))
    return [
        DefinitionLine(
            id=one.pk,
            code=one.code,
            title=one.title,
            record_type=one.record_type,
            is_active=one.is_active,
            version=one.version.number if one.version else None,
            published_at=one.version.published_at if one.version else None,
            running=running.get(one.pk, 0),
            incidents=broken.get(one.pk, 0),
            has_draft=bool(one.draft),
        )
        for one in Definition.objects.select_related("version")
    ]


def versions_of(definition: Definition) -> list[Version]:
    """The versions of a definition, the newest first."""
    return list(Version.objects.filter(definition=definition).select_related("published_by"))


def incident_lines(*, limit: int = 200) -> list[Trouble]:
    """All open incidents, the newest first."""
    found = Incident.objects.filter(resolved_at=None).select_related("definition", "instance__version")
    return [told(one) for one in found[:limit]]


def _counted(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(rows)
