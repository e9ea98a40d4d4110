"""A graph as text that people read and tests compare: one line a node."""

from __future__ import annotations

from collections.abc import Iterator

from potok.engine.graph import payload as carried
from potok.engine.graph.graph import Graph
from potok.engine.graph.recipe import Fields, Fixed, Form, FormField, Formula, People, Recipe, Several, Text
from potok.engine.values import encode


def dump(graph: Graph) -> str:
    """Write a graph readably: number, kind, name, ways out, and what it carries. Nested scopes are indented."""
    return "".join(f"{line}\n" for node in range(len(graph.kinds)) for line in _lines(graph, node))


def _lines(graph: Graph, node: int) -> Iterator[str]:
    indent = "  " * _depth(graph, graph.scope[node])
    ways = " ".join(str(graph.flows[flow][1]) for flow in graph.outs[node])
    yield f"{node:>3} {indent}{graph.kinds[node]} {graph.names[node]}{f' -> {ways}' if ways else ''}"
    for line in _payload(graph.payloads[node]):
        yield f"      {indent}{line}"


def _depth(graph: Graph, scope: int) -> int:
    depth = 0
    while scope > 0:
        scope, depth = graph.scopes[scope][1], depth + 1
    return depth


def _payload(payload: carried.Payload | None) -> Iterator[str]:
    match payload:
        case carried.Work(block, params, results, stores):
            yield block
            yield from _recipes(params)
            yield from (f"gives {name}: {type_}" for name, type_ in results)
            yield from (f"keeps {name}: {type_}" for name, type_ in stores)
        case carried.Calling(definition, params, wait):
            yield f"{definition}{', waits' * wait}"
            yield from _recipes(params)
        case carried.Ways(conditions):
            yield from (f"if {condition}" if condition else "else" for condition in conditions)
        case carried.Due(lasts, until, before, watches):
            given = (("lasts", lasts), ("until", until), ("before", before))
            yield from _recipes(tuple((name, recipe) for name, recipe in given if recipe is not None))
            yield from (f"watches {name}" for name in watches)
        case carried.Awaited(message, where, condition, watches):
            yield f"message {message}" if message else f"until {condition}"
            yield from _recipes(where)
            yield from (f"watches {name}" for name in watches)
        case carried.Assigned(values):
            yield from _recipes(values)
        case carried.Last(text):
            yield from _recipes((("text", text),))
        case carried.Scoped(stays, each, item, at_once, enough, gathers):
            yield from ["stays"] * stays
            yield from [f"each {item} of {_recipe(each)}{', at once' * at_once}"] if each else []
            yield from [f"until {enough}"] if enough else []
            yield from (f"gathers {line}" for line in _recipes(gathers))
        case carried.Caught(what, codes):
            yield " ".join((what, *codes))
        case carried.Thrown(what, code, text):
            yield f"{what} {code}".rstrip()
            yield from _recipes((("text", text),)) if text else ()
        case carried.Enough(count):
            yield from _recipes((("enough", count),))


def _recipes(items: tuple[tuple[str, Recipe], ...]) -> Iterator[str]:
    return (f"{name} = {_recipe(recipe)}" for name, recipe in items)


def _recipe(recipe: Recipe) -> str:
    match recipe:
        case Fixed(value):
            return repr(encode(value))
        case Formula(text, type_, ends):
            return f"{text} ({type_}{', the end of a date' * ends})"
        case Text(template):
            return f"text {template!r}"
        case People(items) | Several(items):
            return f"[{', '.join(map(_recipe, items))}]"
        case Fields(items):
            return f"{{{', '.join(_recipes(items))}}}"
        case Form(fields):
            return f"form [{', '.join(map(_field, fields))}]"


def _field(field: FormField) -> str:
    default = f" = {_recipe(field.default)}" if field.default else ""
    among = f" among {_recipe(field.among)}" if field.among else ""
    return f"{field.name}: {field.type}{default}{among}"
