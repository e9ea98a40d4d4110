"""What an event from outside does to the token it concerns. False: the event is stale, and nothing was touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from potok.engine.expr import Failure
from potok.engine.graph import Awaited, Calling, Kind, Scoped, Work
from potok.engine.run import events
from potok.engine.run.activation import Activation, unhook
from potok.engine.run.asks import Unknown
from potok.engine.run.effects import CancelTimer, Listen, SetTimer, Unlisten
from potok.engine.run.failing import fail, told
from potok.engine.run.nodes import end, enter, terminate
from potok.engine.run.repairing import BUSY, assigned, moved
from potok.engine.run.state import Hooks, Stand, Token
from potok.engine.run.throwing import escalate
from potok.engine.run.waiting import holds, moment, sleep
from potok.engine.values import Type, Value, WrongType, coerce, decode, encode


def arrive(activation: Activation, event: events.Event) -> bool:
    """Let an event change the tokens; what became ready has not yet gone on."""
    if activation.ended:
        return False
    match event:
        case events.Continued():
            return _continued(activation)
        case events.Terminated(reason):
            terminate(activation, NOBODY, text=reason)
            return True
        case events.Assigned():
            return assigned(activation, event)
    token = activation.tokens.get(event.token)
    expected, handle = HANDLERS[type(event)]
    if token is None or token.stand not in expected:
        return False
    activation.look_from(token.scope)
    return handle(activation, token, event)


NOBODY = Token(0, 0, 0, Stand.READY)


def _continued(activation: Activation) -> bool:
    """Ask a block once more that never answered; else let go on what is ready."""
    asked = [token for token in activation.tokens.values() if token.stand is Stand.PERFORMING]
    for token in asked:
        enter(activation, token)
    return bool(asked or activation.ready)


def _performed(activation: Activation, token: Token, event: events.Performed) -> bool:
    work = cast(Work, activation.program.payloads[token.node])
    activation.asking = False
    try:
        results = _typed(activation, work.results, event.results)
        # A form that was declined, or whose time ran out, leaves the variables as they were.
        given = tuple(each for each in work.stores if each[0] in event.results)
        stored = _typed(activation, given, event.results)
    except WrongType as wrong:
        fail(activation, token, wrong.code, told(wrong))
        return True
    activation.learn(token.node, results, scope=token.scope)
    activation.assign(stored)
    activation.effects += unhook(token)
    activation.note("performed", token)
    activation.leave(token)
    return True


def _typed(activation: Activation, types: tuple[tuple[str, Type], ...], given: events.Values) -> dict[str, Value]:
    zone = activation.context.clock
    return {name: coerce(given.get(name), type_, zone=zone) for name, type_ in types}


def _waiting(activation: Activation, token: Token, event: events.Waiting) -> bool:
    """Put the hooks of a block that waits; those it no longer needs are taken back."""
    activation.asking = False
    due = None if event.due is None else encode(event.due)
    before = Hooks(*token.kept) if token.kept else Hooks(None, listens=False, due=None)
    if before.listens and not event.event:
        activation.effects.append(Unlisten(token.id))
    if before.due and not due:
        activation.effects.append(CancelTimer(token.id))
    if event.event:
        activation.effects.append(Listen(token.id, event.event, event.where))
    if event.due is not None and due != before.due:
        activation.effects.append(SetTimer(token.id, event.due))
    activation.hold(token, Stand.WAITING, kept=list(Hooks(encode(event.kept), bool(event.event), due)))
    activation.note("waited", token, event.event)
    return True


def _happened(activation: Activation, token: Token, event: events.Happened) -> bool:
    if token.stand is Stand.LISTENING:
        return _look_again(activation, token, said=event.payload)
    hooks = Hooks(*token.kept)
    if not hooks.listens:
        return False
    payload = {name: encode(value) for name, value in event.payload.items()}
    _again(activation, token, kept=list(hooks._replace(payload=payload)))
    return True


def _look_again(activation: Activation, token: Token, *, said: events.Values) -> bool:
    """Let a wait go on, if it was for a message, or its condition holds by now."""
    awaited = cast(Awaited, activation.program.payloads[token.node])
    try:
        if awaited.condition:
            is_true = holds(activation, token)
            if token.kept and not is_true:
                activation.hold(token, Stand.LISTENING)
            if token.kept or not is_true:
                return bool(token.kept) and not is_true
        results = _typed(activation, awaited.results, said)
    except (Failure, WrongType, Unknown) as failure:
        activation.effects.append(Unlisten(token.id))
        fail(activation, token, failure.code, told(failure))
        return True
    activation.learn(token.node, results, scope=token.scope)
    activation.effects.append(Unlisten(token.id))
    activation.note("happened", token)
    activation.leave(token)
    return True


def _timer_fired(activation: Activation, token: Token, event: events.TimerFired) -> bool:
    kept = token.kept if token.stand is Stand.SLEEPING else Hooks(*token.kept).due
    if kept is None or activation.context.at < cast(datetime, decode(kept)):
        return False
    if token.stand is Stand.SLEEPING:
        activation.note("woke", token)
        activation.leave(token)
    else:
        _again(activation, token, kept=list(Hooks(*token.kept)._replace(due=None)))
    return True


def _field_moved(activation: Activation, token: Token, event: events.FieldMoved) -> bool:
    if token.stand is Stand.LISTENING:
        return _look_again(activation, token, said={})
    try:
        due = moment(activation, token)
    except (Failure, WrongType, Unknown) as failure:
        activation.effects.append(CancelTimer(token.id))
        fail(activation, token._replace(kept=None), failure.code, told(failure))
        return True
    if encode(due) == token.kept:
        return False
    if due > activation.context.at:
        sleep(activation, token, due=due)
    else:
        activation.effects.append(CancelTimer(token.id))
        activation.leave(token)
    return True


def _child_ended(activation: Activation, token: Token, event: events.ChildEnded) -> bool:
    calling = cast(Calling, activation.program.payloads[token.node])
    try:
        results = _typed(activation, calling.results, event.results)
    except WrongType as wrong:
        fail(activation, token, wrong.code, told(wrong))
        return True
    activation.learn(token.node, results, scope=token.scope)
    activation.note("returned", token)
    activation.leave(token)
    return True


def _failed(activation: Activation, token: Token, event: events.Failed) -> bool:
    activation.asking = False
    fail(activation, token, event.code, event.fields, text=event.text)
    return True


def _escalated(activation: Activation, token: Token, event: events.Escalated) -> bool:
    escalate(activation, token, code=event.code, text=event.text)
    return True


def _retried(activation: Activation, token: Token, event: events.Retried | events.Skipped) -> bool:
    activation.note("retried", token)
    _again(activation, token)
    return True


def _skipped(activation: Activation, token: Token, event: events.Skipped) -> bool:
    program, node = activation.program, token.node
    kind, payload = program.kinds[node], program.payloads[node]
    if kind in (Kind.FORK, Kind.RACE) or (isinstance(payload, Scoped) and payload.stays):
        return _retried(activation, token, event)  # There is no way past the beginning of these.
    activation.effects += unhook(token)
    activation.note("skipped", token)
    activation.leave(token, way=1 if kind is Kind.SCOPE else -1)
    if kind is Kind.TERMINATE:
        terminate(activation, token, text="")
    elif not program.ways[node]:
        end(activation, token.scope, of=token, skipped=True)
    return True


def _again(activation: Activation, token: Token, *, kept: Any = None) -> None:
    """Let a token enter its node once more, before all others; `kept` tells a block what it is resumed with."""
    del activation.tokens[token.id]
    activation.ready.append(token._replace(stand=Stand.READY, kept=kept or token.kept))


Handle = Callable[[Activation, Token, Any], bool]
HANDLERS: Mapping[type, tuple[frozenset[Stand], Handle]] = {
    events.Performed: (frozenset({Stand.PERFORMING}), _performed),
    events.Waiting: (frozenset({Stand.PERFORMING}), _waiting),
    events.Failed: (frozenset({Stand.PERFORMING, Stand.CALLING}), _failed),
    events.Escalated: (frozenset({Stand.CALLING}), _escalated),
    events.Happened: (frozenset({Stand.WAITING, Stand.LISTENING}), _happened),
    events.TimerFired: (frozenset({Stand.WAITING, Stand.SLEEPING}), _timer_fired),
    events.FieldMoved: (frozenset({Stand.SLEEPING, Stand.LISTENING}), _field_moved),
    events.ChildEnded: (frozenset({Stand.CALLING}), _child_ended),
    events.Retried: (frozenset({Stand.FAILED}), _retried),
    events.Skipped: (frozenset({Stand.FAILED}), _skipped),
    events.Moved: (frozenset(Stand) - BUSY, moved),
}
