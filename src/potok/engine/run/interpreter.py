"""`start` and `advance`: the two verbs of the interpreter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from potok.engine.expr import Context
from potok.engine.graph import ROOT, Declaration, Graph
from potok.engine.run.activation import take
from potok.engine.run.arrivals import arrive
from potok.engine.run.asks import Look, Needs, NotLoaded
from potok.engine.run.events import Continued, Event, Failed, Performed, Waiting
from potok.engine.run.nodes import drain
from potok.engine.run.program import program
from potok.engine.run.reader import Reader
from potok.engine.run.state import Stand, State, Token
from potok.engine.run.step import Step
from potok.engine.values import Value, coerce, is_empty

BUDGET = 2_000
OF_THE_SAME_LIFE = (Performed, Waiting, Failed, Continued)


def start(
    graph: Graph,
    inputs: Mapping[str, Value],
    *,
    look: Look,
    context: Context,
    budget: int = BUDGET,
    translate: Callable[[str], str] = str,
) -> Step | Needs:
    """Begin an instance. The inputs were found right by `check_inputs`; a wrong one raises `WrongType`.

    Parameters, and variables that have a default, are in `assigned`. `translate` puts the English sentences of the
    engine's own errors into the language in which a definition reads what it has caught.
    """
    activation = take(program(graph), State(sequence=1), reader=Reader(look), context=context, translate=translate)
    token = Token(1, activation.program.entry, ROOT, Stand.READY)
    activation.ready.append(token)
    activation.note("started", token)
    activation.assign(_filled(graph.header.parameters, inputs, context=context), to="Template")
    activation.assign(_filled(graph.header.variables, {}, context=context))
    try:
        drain(activation, allowance=budget, budget=budget)
    except NotLoaded as absent:
        return Needs.of(absent.asks)
    return activation.step()


def advance(
    graph: Graph,
    state: State | bytes,
    event: Event,
    *,
    look: Look,
    context: Context,
    budget: int = BUDGET,
    translate: Callable[[str], str] = str,
) -> Step | Needs:
    """Go from one event to the next wait. A stale or doubled event gives back the same state and nothing else.

    After `budget` nodes the activation parks and asks to `Continue`.
    """
    state = State.decode(state) if isinstance(state, bytes) else state
    activation = take(program(graph), state, reader=Reader(look), context=context, translate=translate)
    if not isinstance(event, OF_THE_SAME_LIFE):
        activation.spent = activation.forgiven = 0
    try:
        if not arrive(activation, event):
            return Step(state)
        fresh = isinstance(event, Continued)
        drain(activation, allowance=budget if fresh else budget - activation.spent % budget, budget=budget)
    except NotLoaded as absent:
        return Needs.of(absent.asks)
    return activation.step()


def _filled(declarations: tuple[Declaration, ...], given: Mapping[str, Value], *, context: Context) -> dict[str, Value]:
    values = ((each, given.get(each.name, each.default)) for each in declarations)
    return {each.name: coerce(value, each.type, zone=context.clock) for each, value in values if not is_empty(value)}
