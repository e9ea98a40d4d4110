"""A graph made ready to run: formulas read once, recipes turned into functions. Kept by the graph's digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from potok.engine import expr
from potok.engine.graph import (
    ROOT,
    AskedField,
    Assigned,
    Awaited,
    Calling,
    Due,
    Enough,
    Fields,
    Fixed,
    Form,
    FormField,
    Formula,
    Graph,
    Kind,
    Last,
    Payload,
    People,
    Recipe,
    Scoped,
    Several,
    Text,
    Thrown,
    Ways,
    Work,
)
from potok.engine.problems import Problems
from potok.engine.run.reader import Reader
from potok.engine.values import YES_NO, Value, coerce, deadline

Cook: TypeAlias = Callable[[Reader, expr.Context], object]
Dish: TypeAlias = tuple[tuple[str, Cook], ...]

# Names that no result can have.
EACH, ENOUGH = " each", " enough"


class Program:
    """What the interpreter reads instead of the graph; indexed by node.

    `settled` are the nodes that no token enters: it is settled on arrival where it goes on. `local` names the steps
    that give results for one item of a list, `listens` the nodes at which events of scopes are waited for, `catches`
    the events of each scope that never wait; `reach` says which ways into each inclusive join every node leads to.
    """

    __slots__ = (
        "catches", "cooks", "entry", "graph", "kinds", "listens", "local", "payloads", "reach", "references",
        "settled", "targets", "ways",
    )  # fmt: skip

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.kinds = graph.kinds
        self.payloads = graph.payloads
        self.targets = tuple(target for _source, target in graph.flows)
        self.ways = graph.outs
        self.entry = next(node for node, kind in enumerate(graph.kinds) if kind is Kind.START)
        kitchens = [Kitchen(payload) for payload in graph.payloads]
        self.cooks: tuple[Dish, ...] = tuple(kitchen.dish for kitchen in kitchens)
        last = tuple(expr.Reference("Variable", (name,)) for name in graph.header.results)
        self.references: tuple[tuple[expr.Reference, ...], ...] = tuple(
            (*kitchen.references, *last)
            if kind in (Kind.END, Kind.TERMINATE, Kind.THROW)
            else tuple(kitchen.references)
            for kind, kitchen in zip(graph.kinds, kitchens, strict=True)
        )
        self.settled = frozenset(node for node, kind in enumerate(graph.kinds) if _settles(graph, node, kind))
        events = {
            node: [graph.flows[flow][1] for flow in graph.events(node)]
            for node, kind in enumerate(graph.kinds)
            if kind is Kind.SCOPE
        }
        self.catches = {
            node: tuple(each for each in found if graph.kinds[each] is Kind.CATCH) for node, found in events.items()
        }
        self.listens = frozenset(each for found in events.values() for each in found)
        self.local = frozenset(_local(graph))
        self.reach = {node: reach(graph, node) for node, kind in enumerate(graph.kinds) if kind is Kind.GATHER}


@lru_cache(maxsize=1024)
def program(graph: Graph) -> Program:
    """Make a graph ready to run; equal graphs share one program."""
    return Program(graph)


def _settles(graph: Graph, node: int, kind: Kind) -> bool:
    return kind in (Kind.JOIN, Kind.GATHER) or (kind is Kind.WIN and graph.payloads[node] is None)


def _local(graph: Graph) -> Iterator[str]:
    """Name the steps that go through a list, and those within them."""
    lists = {node for node, payload in enumerate(graph.payloads) if isinstance(payload, Scoped) and payload.each}
    for node, name in enumerate(graph.names):
        scope = graph.scope[node] if lists else ROOT
        while scope != ROOT and graph.scopes[scope][0] not in lists:
            scope = graph.scopes[scope][1]
        if scope != ROOT or node in lists:
            yield name


def reach(graph: Graph, join: int) -> tuple[frozenset[int], ...]:
    """Tell for every node by which flows a token from there may come into a join, the first time it comes."""
    found: list[set[int]] = [set() for _ in graph.kinds]
    for flow in graph.ins[join]:
        todo = [graph.flows[flow][0]]
        while todo:
            node = todo.pop()
            if flow not in found[node]:
                found[node].add(flow)
                todo += [graph.flows[before][0] for before in graph.ins[node]] if node != join else []
    return tuple(map(frozenset, found))


class Kitchen:
    """Turns what one node carries into functions, and notes which references they use."""

    def __init__(self, payload: Payload | None) -> None:
        self.references: dict[expr.Reference, None] = {}
        self.dish: Dish = tuple((name, self.cook(recipe)) for name, recipe in _recipes(payload))

    def cook(self, recipe: Recipe) -> Cook:
        match recipe:
            case Fixed(value):
                return lambda reader, context: value
            case Formula():
                return self._formula(recipe)
            case Text(text):
                return self._text(text)
            case Fields(items):
                return self._fields(tuple((name, self.cook(item)) for name, item in items))
            case People(items) | Several(items):
                return self._several(tuple(self.cook(item) for item in items))
            case Form(fields):
                return self._form(tuple(self._field(field) for field in fields))

    def _read(self, text: str) -> expr.Template:
        template = expr.read_text(text)
        if isinstance(template, Problems):
            raise ValueError(f"A graph holds a formula that cannot be read: {text}")
        self.references.update(dict.fromkeys(template.references))
        return template

    def _formula(self, recipe: Formula) -> Cook:
        formula = self._read(recipe.text)
        match formula.sole:
            # The commonest formula by far is one reference, alone: it needs no evaluator.
            case expr.Expression(root=expr.Reference(modifiers=()) as only) if only.source != "System":
                return lambda reader, context: _typed(reader(only), recipe, context)
        return lambda reader, context: _typed(expr.evaluate(formula, reader, context), recipe, context)

    def _text(self, text: str) -> Cook:
        template = self._read(text)
        return lambda reader, context: expr.render(template, reader, context)

    def _fields(self, dish: Dish) -> Cook:
        return lambda reader, context: {name: cook(reader, context) for name, cook in dish}

    def _several(self, cooks: tuple[Cook, ...]) -> Cook:
        def gather(reader: Reader, context: expr.Context) -> object:
            found: list[object] = []
            for cook in cooks:
                value = cook(reader, context)
                found.extend(value if isinstance(value, tuple) else () if value is None else (value,))
            return tuple(dict.fromkeys(found))

        return gather

    def _form(self, cooks: tuple[Cook, ...]) -> Cook:
        return lambda reader, context: tuple(cook(reader, context) for cook in cooks)

    def _field(self, field: FormField) -> Cook:
        default = self.cook(field.default or Fixed(None))
        among = self.cook(field.among or Fixed(None))

        def ask(reader: Reader, context: expr.Context) -> AskedField:
            return AskedField(
                field.name, field.type, field.title, field.help, field.required, field.choices,
                _value(default(reader, context)), _value(among(reader, context)),
            )  # fmt: skip

        return ask


def _typed(value: Value, recipe: Formula, context: expr.Context) -> Value:
    if recipe.ends:
        return deadline(value, zone=context.clock)
    return coerce(value, recipe.type, zone=context.clock, show=context.text)


def _value(cooked: object) -> Value:
    return cooked  # type: ignore[return-value]  # fields of a form are cooked from formulas and fixed values only


def _recipes(payload: Payload | None) -> list[tuple[str, Recipe]]:
    """List what a node has to work out. Conditions are formulas like any other."""
    match payload:
        case Work(params=items) | Assigned(values=items):
            return list(items)
        case Calling(params=items, record=record):
            return [*items, ("", record)] if record else list(items)
        case Ways(conditions):
            return [("", Fixed(True) if each is None else Formula(f"={each}", YES_NO)) for each in conditions]
        case Due(lasts, until, before):
            given = (("lasts", lasts), ("until", until), ("before", before))
            return [(name, recipe) for name, recipe in given if recipe is not None]
        case Awaited(where=where, condition=condition, record=record):
            about = [("record", record)] if record else []
            return [*about, ("", Formula(f"={condition}", YES_NO))] if condition else list(where)
        case Last(text):
            return [("text", text)]
        case Scoped(each=each, enough=enough, gathers=gathers) if each:
            stop = [(ENOUGH, Formula(f"={enough}", YES_NO))] if enough else []
            return [(EACH, each), *stop, *gathers]
        case Thrown(text=text) if text:
            return [("text", text)]
        case Enough(count):
            return [(ENOUGH, count)]
        case _:
            return []
