"""The journal in words-ready lines: who did what at which step, and how long it took."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from potok.engine import values
from potok.engine.graph import Work
from potok.engine.values import Value
from potok.people import public as people
from potok.processes import published
from potok.processes.models import Assignee, Assignment, Incident, Instance
from potok.processes.queries.entries import passed
from potok.processes.queries.incidents import sentence_of

# Turns of the road that people do not look for; shown when all events are asked for.
QUIET = frozenset(
    {"passed", "chose", "looped", "forked", "joined", "won", "resumed", "waited", "continued", "asked"}
    | {"opened", "began", "closed", "split", "gathered", "arrived"}
)


@dataclass(slots=True)
class Line:
    """One line. `what` is the engine's word in the past tense; `asked`, `answered` and `failed` add what they know.

    `people` are those whom it concerns, `comment` what a person said, `values` what was filled in or given as results,
    `lasted` how long the step took, `sentence` an incident's.
    """

    at: datetime
    what: str
    step: str = ""
    block: str = ""
    people: list[str] = field(default_factory=list)
    answer: str = ""
    comment: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    lasted: timedelta | None = None
    due: datetime | None = None
    sentence: str = ""
    token: int = 0


def journal(instance: Instance, *, everything: bool = False) -> list[Line]:
    """The lines of an instance, the oldest first; `everything` shows the turns of the road too."""
    version = published.version(instance.version_id)
    begun: dict[int, datetime] = {}
    lines: list[Line] = []
    for at, entry, title in passed(instance.pk):
        line = Line(at, entry.what, step=title, token=entry.token)
        if not title and (entry.token or entry.node):
            line.step, line.block = version.title_of(entry.node), _block(version, entry.node)
        if entry.what in ("asked", "slept", "listened", "called"):
            begun.setdefault(entry.token, at)
        elif entry.token in begun and entry.what != "waited":
            line.lasted = at - begun[entry.token]
        if entry.what in ("operated", "migrated") and isinstance(entry.detail, dict):
            line.people = list(people.names([by]).values()) if (by := entry.detail.get("by")) else []
            line.values = {name: str(value) for name, value in entry.detail.items() if name != "by"}
        if entry.what == "performed" and isinstance(entry.detail, dict):
            line.values = {name: values.decode(value) for name, value in entry.detail.items()}
        if everything or entry.what not in QUIET:
            lines.append(line)
    return sorted([*lines, *_asked(instance, version), *_failed(instance, version)], key=lambda line: line.at)


def _block(version: published.Published, node: int) -> str:
    payload = version.graph.payloads[node]
    return payload.block if isinstance(payload, Work) else ""


def _asked(instance: Instance, version: published.Published) -> Iterable[Line]:
    """What was asked of people and what they said, from the assignments themselves."""
    for asked in Assignment.objects.filter(instance=instance).prefetch_related("assignees__person"):
        parts = list(asked.assignees.all())
        names = [str(part.person) for part in parts]
        yield Line(asked.opened_at, "given", asked.title, asked.kind, names, due=asked.due_at, token=asked.token)
        for part in parts:
            if part.status == Assignee.DONE and part.answered_at:
                yield _answer(asked, part)


def _answer(asked: Assignment, part: Assignee) -> Line:
    at = part.answered_at or asked.opened_at
    return Line(
        at,
        "answered",
        asked.title,
        asked.kind,
        [str(part.person)],
        answer=part.answer,
        comment=part.comment,
        values={name: values.decode(value) for name, value in part.values.items()},
        lasted=at - asked.opened_at,
        token=asked.token,
    )


def _failed(instance: Instance, version: published.Published) -> Iterable[Line]:
    for incident in Incident.objects.filter(instance=instance).select_related("resolved_by"):
        step = version.title_of_name(incident.node)
        yield Line(incident.at, "incident", step, sentence=sentence_of(incident), token=incident.token or 0)
        if incident.resolved_at is not None:
            who = [str(incident.resolved_by)] if incident.resolved_by else []
            yield Line(incident.resolved_at, f"incident_{incident.resolution}", step, people=who)
