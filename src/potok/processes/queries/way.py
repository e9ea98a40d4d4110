"""The path of an instance: what was passed, where it stands, what lies ahead as far as the graph can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from potok.engine.graph import Graph, Kind
from potok.engine.run import State
from potok.processes import published
from potok.processes.models import Incident, Instance
from potok.processes.queries.entries import entries_of

# What people see on the path; the rest shapes it and is not named.
SEEN = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL})
DONE, NOW, AHEAD, INCIDENT, SKIPPED = "done", "now", "ahead", "incident", "skipped"


@dataclass(slots=True)
class Stop:
    """One step of the path. `times` is how often it was passed; `state` is one of the five words above."""

    node: int
    name: str
    title: str
    state: str
    since: datetime | None = None
    until: datetime | None = None
    times: int = 0


def way(instance: Instance) -> list[Stop]:
    """The path in the order in which steps were reached, then what lies ahead in the order of the definition."""
    version = published.version(instance.version_id)
    stops: dict[int, Stop] = {}
    for at, entry in entries_of(instance.pk):
        if version.graph.kinds[entry.node] in SEEN and entry.what in BEGINS | ENDS:
            _pass(stops, version, entry.node, what=entry.what, at=at)
    state = State.decode(bytes(instance.state)) if instance.state else State()
    _mark(stops, instance)
    if instance.ended_at is None:
        for node in _ahead(version.graph, [token.node for token in state.tokens]):
            stops.setdefault(node, Stop(node, version.graph.names[node], version.title_of(node), AHEAD))
    return list(stops.values())


BEGINS = frozenset({"asked", "slept", "listened", "called"})
GIVEN_UP = frozenset({"skipped", "withdrawn", "failed", "moved"})
ENDS = frozenset({"performed", "woke", "happened", "returned"}) | GIVEN_UP


def _pass(stops: dict[int, Stop], version: published.Published, node: int, *, what: str, at: datetime) -> None:
    name, title = version.graph.names[node], version.title_of(node)
    stop = stops.setdefault(node, Stop(node, name, title, NOW, since=at))
    if what in BEGINS:
        stop.state, stop.since, stop.until = NOW, at, None
    else:
        stop.state, stop.until = (SKIPPED if what in GIVEN_UP else DONE), at
        stop.times += 1


def _mark(stops: dict[int, Stop], instance: Instance) -> None:
    broken = set(Incident.objects.filter(instance=instance, resolved_at=None).values_list("node", flat=True))
    for stop in stops.values():
        if stop.name in broken:
            stop.state = INCIDENT


def ahead(graph: Graph, standing: Iterable[int]) -> list[str]:
    """What comes next: the titles of the steps that may be reached first from where the tokens stand."""
    found: dict[int, None] = {}
    todo = [graph.flows[flow][1] for node in standing for flow in graph.outs[node]]
    seen: set[int] = set()
    while todo:
        node = todo.pop(0)
        if node in seen:
            continue
        seen.add(node)
        if graph.kinds[node] in SEEN:
            found[node] = None
        else:
            todo += [graph.flows[flow][1] for flow in graph.outs[node]]
    return [graph.titles[node] or graph.names[node] for node in found]


def _ahead(graph: Graph, standing: list[int]) -> list[int]:
    """All steps that may still be reached, in the order of the definition."""
    todo = [graph.flows[flow][1] for node in standing for flow in graph.outs[node]]
    seen: set[int] = set()
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += [graph.flows[flow][1] for flow in graph.outs[node]]
    return [node for node in sorted(seen) if graph.kinds[node] in SEEN]
