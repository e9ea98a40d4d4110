"""Incidents in words: what failed, why, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from potok.engine.problems import all_codes
from potok.kit.errors import refusals
from potok.people import public as people
from potok.processes import complaints, published
from potok.processes.models import Definition, Incident
from potok.processes.permissions import MEND


@dataclass(frozen=True, slots=True)
class Trouble:
    """One incident. `sentence` says in the reader's language what happened and what to do."""

    id: int
    instance: int | None
    definition: str
    step: str
    code: str
    sentence: str
    at: datetime
    can_be_skipped: bool
    chain: list[dict[str, Any]]


def told(incident: Incident) -> Trouble:
    """Say an incident."""
    return Trouble(
        id=incident.pk,
        instance=incident.instance_id,
        definition=incident.definition.title,
        step=_step(incident),
        code=incident.code,
        sentence=sentence_of(incident),
        at=incident.at,
        can_be_skipped=incident.token is not None,
        chain=list(incident.fields.get("chain", [])),
    )


def sentence_of(incident: Incident) -> str:
    """Say what happened in the language that is active now, whichever part declared the code."""
    if incident.code in refusals() or incident.code in all_codes():
        return complaints.sentence(incident.code, incident.fields)
    return incident.sentence or incident.code


def _step(incident: Incident) -> str:
    if incident.instance is None or not incident.node:
        return ""
    return published.version(incident.instance.version_id).title_of_name(incident.node)


def owners(definitions: Iterable[Definition]) -> dict[int, list[people.Person]]:
    """Who is asked to mend what failed, by definition: whoever published its current version, while he may mend; else
    the administrators."""
    administrators: list[people.Person] | None = None
    found: dict[int, list[people.Person]] = {}
    for definition in definitions:
        if definition.pk in found:
            continue
        publisher = definition.version.published_by if definition.version else None
        if publisher is not None and publisher.is_active and people.may(publisher.pk, permission=MEND):
            found[definition.pk] = [publisher]
            continue
        if administrators is None:
            administrators = list(people.Person.objects.filter(is_administrator=True, is_active=True).order_by("pk"))
        found[definition.pk] = administrators
    return found
