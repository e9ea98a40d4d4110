"""Nodes that wait: pauses, messages, conditions; and events of a scope that listen anew."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from potok.engine import time
from potok.engine.expr import Context
from potok.engine.graph import Awaited, Due
from potok.engine.run.activation import Activation
from potok.engine.run.asks import Unknown
from potok.engine.run.effects import Listen, SetTimer
from potok.engine.run.program import Cook
from potok.engine.run.state import Stand, Token
from potok.engine.values import Duration, RecordRef, encode


def pause(activation: Activation, token: Token) -> None:
    """Let a token sleep until its moment, or go on if that has come."""
    due = moment(activation, token)
    if due <= activation.context.at:
        activation.leave(token)
        return
    sleep(activation, token, due=due)


def moment(activation: Activation, token: Token) -> datetime:
    """Work out when a pause ends."""
    cooked, context = activation.dish(token.node), activation.context
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


def wait(activation: Activation, token: Token) -> None:
    """Let a token listen for a message, or until its condition holds."""
    awaited = cast(Awaited, activation.program.payloads[token.node])
    if awaited.condition and holds(activation, token):
        activation.leave(token)
        return
    _listen(activation, token, awaited)


def _listen(activation: Activation, token: Token, awaited: Awaited, *, held: bool | None = None) -> None:
    where = {} if awaited.condition else activation.dish(token.node)
    record = _other(activation, activation.program.cooks[token.node][0][1]) if awaited.record else None
    activation.hold(token, Stand.LISTENING, kept=held)
    activation.effects.append(Listen(token.id, awaited.message, where, awaited.watches, record))
    activation.note("listened", token)


def again(activation: Activation, token: Token) -> None:
    """Let an event of a scope go on, and another token listen in its stead.

    A condition that holds still has to fail before it can come true anew.
    """
    activation.make_room(2)
    graph = activation.program.graph
    event = graph.flows[graph.ins[token.node][0]][0]
    fresh = Token(activation.number(), event, token.scope, Stand.READY)
    awaited = graph.payloads[event]
    if isinstance(awaited, Awaited) and awaited.condition:
        _listen(activation, fresh, awaited, held=holds(activation, fresh) or None)
    activation.leave(token)
    if fresh.id not in activation.tokens and token.scope in activation.scopes:
        activation.ready.append(fresh)


def _other(activation: Activation, cook: Cook) -> RecordRef:
    """Find the record that a step is about, when it is not the process's."""
    found = cook(activation.reader, activation.context)
    if not isinstance(found, RecordRef):
        raise Unknown("run.no_record")
    return found


def holds(activation: Activation, token: Token) -> bool:
    """Ask the condition of a wait."""
    return bool(activation.program.cooks[token.node][-1][1](activation.reader, activation.context))
