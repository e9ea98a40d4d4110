"""A graph made ready to run: formulas read once, recipes turned into functions. Kept by the graph's digest."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from potok.engine import expr
from potok.engine.graph import (
    AskedField,
    Assigned,
    Awaited,
    Calling,
    Due,
    Fields,
    Fixed,
    Form,
    FormField,
    Formula,
    Graph,
    Last,
    Payload,
    People,
    Recipe,
    Several,
    Text,
    Ways,
    Work,
)
from potok.engine.problems import Problems
from potok.engine.run.reader import Reader
from potok.engine.values import YES_NO, Value, coerce, deadline

Cook: TypeAlias = Callable[[Reader, expr.Context], object]
Dish: TypeAlias = tuple[tuple[str, Cook], ...]


class Program:
    """What the interpreter reads instead of the graph; indexed by node."""

    __slots__ = ("cooks", "entry", "graph", "kinds", "payloads", "references", "targets", "ways")

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.kinds = graph.kinds
        self.payloads = graph.payloads
        self.targets = tuple(target for _source, target in graph.flows)
        self.ways = graph.outs
        self.entry = next(node for node, kind in enumerate(graph.kinds) if kind == "start")
        kitchens = [Kitchen(payload) for payload in graph.payloads]
        self.cooks: tuple[Dish, ...] = tuple(kitchen.dish for kitchen in kitchens)
        last = tuple(expr.Reference("Variable", (name,)) for name in graph.header.results)
        self.references: tuple[tuple[expr.Reference, ...], ...] = tuple(
            (*kitchen.references, *last) if kind in ("end", "terminate") else tuple(kitchen.references)
            for kind, kitchen in zip(graph.kinds, kitchens, strict=True)
        )


@lru_cache(maxsize=1024)
def program(graph: Graph) -> Program:
    """Make a graph ready to run; equal graphs share one program."""
    return Program(graph)


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
        case Work(params=items) | Calling(params=items) | Assigned(values=items):
            return list(items)
        case Ways(conditions):
            return [("", Fixed(True) if each is None else Formula(f"={each}", YES_NO)) for each in conditions]
        case Due(lasts, until, before):
            given = (("lasts", lasts), ("until", until), ("before", before))
            return [(name, recipe) for name, recipe in given if recipe is not None]
        case Awaited(where=where, condition=condition):
            return [*where, ("", Formula(f"={condition}", YES_NO))] if condition else list(where)
        case Last(text):
            return [("text", text)]
        case None:
            return []
