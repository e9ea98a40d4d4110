"""A graph as bytes and back. The bytes are canonical: their hash is the graph's digest."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from potok.engine import time, values
from potok.engine.graph import header, payload, recipe
from potok.engine.graph.graph import Graph
from potok.engine.graph.kinds import Kind

FORMAT = 1

# The tags are stored: never rename one. Fields are stored in their order: a new field goes last, with a default.
CLASSES: dict[str, type] = {
    "type": values.Type,
    "fixed": recipe.Fixed,
    "formula": recipe.Formula,
    "text": recipe.Text,
    "people": recipe.People,
    "several": recipe.Several,
    "fields": recipe.Fields,
    "form": recipe.Form,
    "field": recipe.FormField,
    "work": payload.Work,
    "ways": payload.Ways,
    "due": payload.Due,
    "awaited": payload.Awaited,
    "assigned": payload.Assigned,
    "calling": payload.Calling,
    "last": payload.Last,
    "scoped": payload.Scoped,
    "caught": payload.Caught,
    "thrown": payload.Thrown,
    "enough": payload.Enough,
    "header": header.Header,
    "declaration": header.Declaration,
    "role": header.Role,
    "trigger": header.Trigger,
    "awaits": header.Awaits,
    "schedule": time.Schedule,
    "on": header.On,
    "again": header.Again,
    "acts_as": header.ActsAs,
}
TAGS = {kind: tag for tag, kind in CLASSES.items()}
# Fields that hold a value of a process, which has a coding of its own.
VALUES = {
    (recipe.Fixed, "value"),
    (header.Declaration, "default"),
    *((header.Trigger, name) for name in ("was", "now", "lasts")),
}
# How many fields a class had when graphs of it were first stored: later ones are written only where they say
# something, so that a definition that uses none of them keeps its digest.
FIRST = {header.Header: 13, header.Trigger: 4, payload.Due: 4, payload.Awaited: 4, payload.Calling: 4}


def encode(graph: Graph) -> bytes:
    """Write a graph as canonical bytes."""
    plain = [
        FORMAT,
        _pack(graph.header),
        [str(kind) for kind in graph.kinds],
        graph.names,
        graph.titles,
        _pack(graph.payloads),
        graph.scope,
        graph.flows,
        graph.scopes,
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> Graph:
    """Read what `encode` wrote; ValueError for another format."""
    number, head, kinds, names, titles, payloads, scope, flows, scopes = json.loads(data)
    if number != FORMAT:
        raise ValueError(f"The graph has format {number}; this version knows {FORMAT}.")
    return Graph(
        header=_unpack(head),
        kinds=tuple(map(Kind, kinds)),
        names=tuple(names),
        titles=tuple(titles),
        payloads=_unpack(payloads),
        scope=tuple(scope),
        flows=tuple((source, target) for source, target in flows),
        scopes=tuple((opener, parent) for opener, parent in scopes),
    )


def _pack(thing: Any) -> Any:
    kind = type(thing)
    if kind is tuple:
        return [_pack(item) for item in thing]
    if kind not in TAGS:
        return thing
    if issubclass(kind, str):
        return {TAGS[kind]: [str(thing)]}
    held = [(each, getattr(thing, each.name)) for each in fields(kind)]
    while len(held) > FIRST.get(kind, len(held)) and held[-1][1] == held[-1][0].default:
        held.pop()
    return {TAGS[kind]: [_pack_field(kind, each.name, value) for each, value in held]}


def _pack_field(kind: type, name: str, held: Any) -> Any:
    return {"value": values.encode(held)} if (kind, name) in VALUES else _pack(held)


def _unpack(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_unpack(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    ((tag, inside),) = plain.items()
    return values.decode(inside) if tag == "value" else CLASSES[tag](*map(_unpack, inside))
