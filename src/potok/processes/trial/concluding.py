"""Reading what came of a trial out of the instances that lived in it, before everything is undone."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from potok.engine import values
from potok.engine.graph import Work
from potok.engine.run import State
from potok.engine.values import Value
from potok.kit.calls import Call
from potok.processes import published
from potok.processes.block import blocks
from potok.processes.models import Incident, Instance, Standing, Variables
from potok.processes.queries.entries import entries_of
from potok.processes.queries.incidents import sentence_of
from potok.processes.queries.way import ahead
from potok.processes.trial import looking, telling
from potok.processes.trial.telling import Line, Told


def conclude(
    told: Told,
    family: Sequence[int],
    version: published.Published,
    *,
    done: Sequence[tuple[int, Call]],
    next_at: datetime | None,
) -> None:
    """Complete what is told. `family` are the instances, the first of them the one that is tried; `done` says of lines
    who asked for what they tell."""
    root = Instance.objects.get(pk=family[0])
    entries = [entry for _, entry in entries_of(root.pk)]
    told.standing = Standing(root.status).name.lower()
    told.path = telling.path(version.graph, entries)
    told.coverage = telling.coverage(version.graph, entries)
    told.variables = variables(root.pk)
    told.values = {name: values.show(value) for name, value in told.variables.items()}
    told.waits_for = [] if root.is_over else _standing_at(root, version)
    told.titles = {name: _title(version, node) for node, name in enumerate(version.graph.names)}
    told.named, told.conditions = version.named, telling.conditions(version.graph)
    told.waiting = looking.look(family, next_at=next_at)
    for incident in Incident.objects.filter(instance__in=family).order_by("id"):
        told.lines.append(Line(incident.at, "incident", incident.code, incident.node, {"text": sentence_of(incident)}))
    _name_steps(told, family, done)


def variables(instance: int) -> dict[str, Value]:
    """The variables of an instance as they are now."""
    row = Variables.objects.filter(instance=instance).first()
    held = json.loads(bytes(row.data)).get("Variable", {}) if row else {}
    return {name: values.decode(value) for name, value in held.items()}


def _title(version: published.Published, node: int) -> str:
    """What people call a step; one without a title is called by what it does."""
    title, payload = version.title_of(node), version.graph.payloads[node]
    if title == version.graph.names[node] and isinstance(payload, Work) and payload.block in blocks:
        return gettext(blocks[payload.block].title)
    return title


def _name_steps(told: Told, family: Sequence[int], done: Sequence[tuple[int, Call]]) -> None:
    """Say of everything done which step asked for it: the journal knows the node of every token."""
    steps = {
        (one, entry.token): published.version(version).graph.names[entry.node]
        for one, version in Instance.objects.filter(pk__in=family).values_list("pk", "version")
        for _, entry in entries_of(one)
    }
    for place, call in done:
        step = steps.get((call.cause.instance or 0, call.cause.token or 0), "")
        told.lines[place] = replace(told.lines[place], step=step)
    told.lines = [replace(line, title=told.titles.get(line.step, line.step)) for line in told.lines]


def _standing_at(root: Instance, version: published.Published) -> list[str]:
    tokens = State.decode(bytes(root.state)).tokens if root.state else ()
    return [version.title_of(token.node) for token in tokens] or ahead(version.graph, [])
