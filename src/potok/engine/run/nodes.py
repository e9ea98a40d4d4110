"""What each kind of node does with a token that enters it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from potok.engine import time
from potok.engine.expr import Context, Failure
from potok.engine.graph import Awaited, Calling, Due, Kind, Work
from potok.engine.run.activation import Activation
from potok.engine.run.asks import Named, NotLoaded, Unknown
from potok.engine.run.effects import CallProcess, Continue, Fail, Finish, Listen, Perform, Resume, SetTimer
from potok.engine.run.state import Hooks, Stand, Status, Token
from potok.engine.values import Duration, Value, WrongType, decode, encode

PATIENCE = 5  # so many budgets without anything from outside are an endless loop


def drain(activation: Activation, *, allowance: int, budget: int) -> None:
    """Let tokens that are ready enter their nodes, until a block is asked or the allowance is used up."""
    while activation.ready and not (activation.asking or activation.parked or activation.ended):
        if allowance == 0:
            _pause_for_breath(activation, budget=budget)
            return
        allowance -= 1
        activation.spent += 1
        enter(activation, activation.ready.pop())


def _pause_for_breath(activation: Activation, *, budget: int) -> None:
    if activation.spent < PATIENCE * budget:
        activation.effects.append(Continue())
        return
    for token in activation.ready:
        fail(activation, token, "run.endless", {"nodes": activation.spent})
    activation.ready = []


def enter(activation: Activation, token: Token) -> None:
    """Do what the node does. What its formulas cannot work out makes the token an incident."""
    try:
        HANDLERS[activation.program.kinds[token.node]](activation, token)
    except NotLoaded as absent:
        raise activation.reader.missing(activation.program.references[token.node], first=absent) from None
    except (Failure, WrongType, Unknown) as failure:
        fail(activation, token, failure.code, told(failure))


def fail(activation: Activation, token: Token, code: str, fields: Mapping[str, object]) -> None:
    """Let a token wait for an operator."""
    activation.hold(token, Stand.FAILED, kept=token.kept)
    activation.effects.append(Fail(token.id, token.node, code, fields))
    activation.note("failed", token, code)


def told(failure: Failure | WrongType | Unknown) -> Mapping[str, object]:
    """Give what an incident tells besides the code."""
    match failure:
        case Failure(problem=problem):
            return problem.fields
        case WrongType(value=value, wanted=wanted):
            return {"value": encode(value), "wanted": str(wanted)}
    return failure.fields


def keep(activation: Activation, source: str, values: Mapping[str, Value]) -> None:
    """Assign values of the instance: results of a step, or variables."""
    activation.reader.assigned.update((Named(source, name), value) for name, value in values.items())


def dish(activation: Activation, node: int) -> dict[str, Any]:
    """Work out everything a node carries."""
    reader, context = activation.reader, activation.context
    return {name: cook(reader, context) for name, cook in activation.program.cooks[node]}


def _pass(activation: Activation, token: Token) -> None:
    activation.leave(token)


def _end(activation: Activation, token: Token) -> None:
    if not activation.tokens and not activation.ready:
        results = _results(activation)
        activation.finish(Status.COMPLETED)
        activation.effects.append(Finish("completed", results=results))
        activation.note("completed", token)


def _results(activation: Activation) -> dict[str, Value]:
    return {name: activation.reader.named(Named("Variable", name)) for name in activation.program.graph.header.results}


def _terminate(activation: Activation, token: Token) -> None:
    terminate(activation, token, text=dish(activation, token.node)["text"])


def terminate(activation: Activation, token: Token, *, text: str) -> None:
    """End the whole instance with these words."""
    results = _results(activation)
    activation.finish(Status.TERMINATED)
    activation.effects.append(Finish("terminated", text=text, results=results))
    activation.note("terminated", token, text)


def _block(activation: Activation, token: Token) -> None:
    work = cast(Work, activation.program.payloads[token.node])
    params, key = dish(activation, token.node), str(token.id)
    activation.asking = True
    activation.hold(token, Stand.PERFORMING, kept=token.kept)
    if token.kept is None:
        activation.effects.append(Perform(token.id, token.node, work.block, params, key))
        activation.note("asked", token)
        return
    hooks = Hooks(*token.kept)
    payload = None if hooks.payload is None else {name: decode(value) for name, value in hooks.payload.items()}
    kept = decode(hooks.kept)
    activation.effects.append(Resume(token.id, token.node, work.block, params, key, payload, kept))
    activation.note("resumed", token)


def _choice(activation: Activation, token: Token) -> None:
    for way, (_, cook) in enumerate(activation.program.cooks[token.node]):
        if cook(activation.reader, activation.context):
            activation.note("chose", token, way)
            activation.leave(token, way=way)
            return
    raise Unknown("run.no_way")


def _fork(activation: Activation, token: Token) -> None:
    activation.note("forked", token)
    activation.fork(token)


def _pause(activation: Activation, token: Token) -> None:
    due = moment(activation, token)
    if due <= activation.context.at:
        activation.leave(token)
        return
    sleep(activation, token, due=due)


def moment(activation: Activation, token: Token) -> datetime:
    """Work out when a pause ends."""
    cooked, context = dish(activation, token.node), activation.context
    if "lasts" in cooked:
        return _shifted(context, context.at, by=cooked["lasts"], times=1)
    if "before" in cooked:
        return _shifted(context, cooked["until"], by=cooked["before"], times=-1)
    return _shifted(context, cooked["until"], by=Duration(), times=1)


def _shifted(context: Context, begin: datetime | None, *, by: Duration | None, times: int) -> datetime:
    if begin is None or by is None:
        raise Unknown("run.no_moment")
    shift = Duration(times * by.months, times * by.days, times * by.seconds)
    try:
        return cast(datetime, time.add(begin, shift, zone=context.clock))
    except OverflowError:
        raise Unknown("run.no_moment") from None


def sleep(activation: Activation, token: Token, *, due: datetime) -> None:
    """Let a token wait for a moment."""
    watches = cast(Due, activation.program.payloads[token.node]).watches
    activation.hold(token, Stand.SLEEPING, kept=encode(due))
    activation.effects.append(SetTimer(token.id, due, watches))
    activation.note("slept", token, encode(due))


def _wait(activation: Activation, token: Token) -> None:
    awaited = cast(Awaited, activation.program.payloads[token.node])
    if awaited.condition and holds(activation, token):
        activation.leave(token)
        return
    where = {} if awaited.condition else dish(activation, token.node)
    activation.hold(token, Stand.LISTENING)
    activation.effects.append(Listen(token.id, awaited.message, where, awaited.watches))
    activation.note("listened", token)


def holds(activation: Activation, token: Token) -> bool:
    """Ask the condition of a wait."""
    return bool(activation.program.cooks[token.node][-1][1](activation.reader, activation.context))


def _assign(activation: Activation, token: Token) -> None:
    for name, cook in activation.program.cooks[token.node]:
        value = cast(Value, cook(activation.reader, activation.context))
        keep(activation, "Variable", {name: value})
        activation.note("assigned", token, name)
    activation.leave(token)


def _call(activation: Activation, token: Token) -> None:
    calling = cast(Calling, activation.program.payloads[token.node])
    inputs = dish(activation, token.node)
    activation.effects.append(CallProcess(token.id, calling.definition, inputs, calling.wait))
    activation.note("called", token, calling.definition)
    if calling.wait:
        activation.hold(token, Stand.CALLING)
    else:
        activation.leave(token)


def _save(activation: Activation, token: Token) -> None:
    activation.leave(token)
    activation.parked = True
    activation.effects.append(Continue())


HANDLERS: Mapping[Kind, Callable[[Activation, Token], None]] = {
    Kind.START: _pass,
    Kind.MERGE: _pass,
    Kind.END: _end,
    Kind.BLOCK: _block,
    Kind.CHOICE: _choice,
    Kind.LOOP: _choice,
    Kind.FORK: _fork,
    Kind.RACE: _fork,
    Kind.PAUSE: _pause,
    Kind.WAIT: _wait,
    Kind.ASSIGN: _assign,
    Kind.CALL: _call,
    Kind.SAVE: _save,
    Kind.TERMINATE: _terminate,
}
