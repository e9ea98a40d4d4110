"""What each kind of node does with a token that enters it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from potok.engine.expr import Failure
from potok.engine.graph import ROOT, Calling, Kind, Ways, Work
from potok.engine.run.activation import Activation
from potok.engine.run.asks import Named, NotLoaded, Unknown
from potok.engine.run.effects import CallProcess, Continue, Finish, Perform, Resume
from potok.engine.run.failing import fail, incident, told
from potok.engine.run.gathering import gather
from potok.engine.run.program import ENOUGH
from potok.engine.run.scopes import ended, exhausted, open_scope
from potok.engine.run.state import Hooks, Stand, Status, Token
from potok.engine.run.throwing import throw
from potok.engine.run.waiting import again, pause, wait
from potok.engine.values import RecordRef, Value, WrongType, decode

PATIENCE = 5  # so many budgets without anything from outside are an endless loop


def drain(activation: Activation, *, allowance: int, budget: int) -> None:
    """Let tokens that are ready enter their nodes, until a block is asked or the allowance is used up."""
    while not (activation.asking or activation.ended):
        if not activation.ready:
            if gather(activation):
                continue
            return
        if activation.parked:
            return
        if allowance == 0:
            _pause_for_breath(activation, budget=budget)
            return
        allowance -= 1
        activation.spent += 1
        enter(activation, activation.ready.pop())


def _pause_for_breath(activation: Activation, *, budget: int) -> None:
    calm = activation.spent - activation.forgiven
    if calm < PATIENCE * budget:
        activation.effects.append(Continue())
        return
    for token in activation.ready:
        incident(activation, token, "run.endless", {"nodes": calm})
    activation.ready = []


def enter(activation: Activation, token: Token) -> None:
    """Do what the node does. What its formulas cannot work out is an error: it is caught, or an incident."""
    activation.look_from(token.scope)
    within = activation.reader.within
    activation.context.chance.turn(token.id)
    try:
        HANDLERS[activation.program.kinds[token.node]](activation, token)
    except NotLoaded as absent:
        # The token's scope may be closed by now: the last of a list asks for what was gathered of it.
        activation.reader.within = within
        raise activation.reader.missing(activation.program.references[token.node], first=absent) from None
    except (Failure, WrongType, Unknown) as failure:
        fail(activation, token, failure.code, told(failure))


def _pass(activation: Activation, token: Token) -> None:
    activation.leave(token)


def _end(activation: Activation, token: Token) -> None:
    end(activation, token.scope, of=token)


def end(activation: Activation, scope: int, *, of: Token, skipped: bool = False) -> None:
    """A token is gone. The last of an instance completes it, the last of a scope lets that go on."""
    if scope != ROOT:
        ended(activation, scope, skipped=skipped)
    elif not (activation.tokens or activation.ready or activation.arrivals):
        results = _results(activation)
        activation.finish(Status.COMPLETED)
        activation.effects.append(Finish("completed", results=results))
        activation.note("completed", of)


def _results(activation: Activation) -> dict[str, Value]:
    return {name: activation.reader.named(Named("Variable", name)) for name in activation.program.graph.header.results}


def _terminate(activation: Activation, token: Token) -> None:
    terminate(activation, token, text=activation.dish(token.node)["text"])


def terminate(activation: Activation, token: Token, *, text: str) -> None:
    """End the whole instance with these words."""
    results = _results(activation)
    activation.finish(Status.TERMINATED)
    activation.effects.append(Finish("terminated", text=text, results=results))
    activation.note("terminated", token, text)


def _block(activation: Activation, token: Token) -> None:
    work = cast(Work, activation.program.payloads[token.node])
    params, key = activation.dish(token.node), str(token.id)
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
    activation.make_room(len(activation.program.ways[token.node]))
    activation.note("forked", token)
    scope = activation.open(token.node, parent=token.scope)
    activation.fan((flow, scope) for flow in activation.program.ways[token.node])


def _split(activation: Activation, token: Token) -> None:
    conditions = cast(Ways, activation.program.payloads[token.node]).conditions
    cooks = activation.program.cooks[token.node]
    asked = [way for way, condition in enumerate(conditions) if condition is not None]
    taken = [way for way in asked if cooks[way][1](activation.reader, activation.context)]
    taken = taken or [way for way, condition in enumerate(conditions) if condition is None]
    if not taken:
        raise Unknown("run.no_way")
    activation.make_room(len(taken))
    activation.note("split", token, taken)
    activation.fan((activation.program.ways[token.node][way], token.scope) for way in taken)


def _enough(activation: Activation, token: Token) -> None:
    """Count an arrival at a win that wants several; the last that can come is enough."""
    wanted = int(activation.dish(token.node)[ENOUGH] or 1)
    key = (token.node, token.scope, -1)
    count = activation.arrivals.get(key, 0) + 1
    opener = activation.scopes[token.scope].opener
    is_part = activation.program.kinds[opener] is Kind.SCOPE
    if count >= wanted or (not is_part and exhausted(activation, token.scope)):
        scope = activation.win(token.node, token.scope)
        activation.fan([(activation.program.ways[token.node][0], scope)])
        return
    activation.arrivals[key] = count
    activation.note("arrived", token, count)
    if is_part:
        ended(activation, token.scope)


def _assign(activation: Activation, token: Token) -> None:
    for name, cook in activation.program.cooks[token.node]:
        value = cast(Value, cook(activation.reader, activation.context))
        activation.assign({name: value})
        activation.note("assigned", token, name)
    activation.leave(token)


def _call(activation: Activation, token: Token) -> None:
    calling = cast(Calling, activation.program.payloads[token.node])
    inputs = activation.dish(token.node)
    record = inputs.pop("", None)
    if calling.record and not isinstance(record, RecordRef):
        raise Unknown("run.no_record")
    activation.effects.append(CallProcess(token.id, calling.definition, inputs, calling.wait, record))
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
    Kind.PAUSE: pause,
    Kind.WAIT: wait,
    Kind.ASSIGN: _assign,
    Kind.CALL: _call,
    Kind.SAVE: _save,
    Kind.TERMINATE: _terminate,
    Kind.SCOPE: open_scope,
    Kind.AGAIN: again,
    Kind.THROW: throw,
    Kind.SPLIT: _split,
    Kind.WIN: _enough,
}
