"""Errors and escalations that a definition throws, and the compensation of what is done."""

from __future__ import annotations

from typing import cast

from potok.engine.graph import Thrown, What
from potok.engine.run.activation import Activation
from potok.engine.run.asks import Named, Unknown
from potok.engine.run.effects import Escalate, Finish
from potok.engine.run.failing import catcher, caught, incident
from potok.engine.run.state import Stand, Status, Token
from potok.engine.run.undoing import undo


def throw(activation: Activation, token: Token) -> None:
    """Do what the node throws."""
    thrown = cast(Thrown, activation.program.payloads[token.node])
    text = str(activation.dish(token.node).get("text") or "")
    activation.note("threw", token, thrown.code)
    match thrown.what:
        case What.ERROR:
            _throw_error(activation, token, code=thrown.code, text=text)
        case What.ESCALATION:
            activation.make_room(2)
            activation.hold(token, Stand.READY)
            escalate(activation, token, code=thrown.code, text=text)
            if token.id in activation.tokens:
                activation.leave(token)
        case _:
            undo(activation, token)


def _throw_error(activation: Activation, token: Token, *, code: str, text: str) -> None:
    """Give an error to the nearest scope that catches it, then to whoever called this process, then to an operator."""
    catch = catcher(activation, token.scope, What.ERROR, code)
    if catch is not None:
        caught(activation, *catch, code=code, text=text, by=token)
    elif _is_called(activation):
        activation.finish(Status.TERMINATED)
        activation.effects.append(Finish("failed", text=text, code=code))
        activation.note("terminated", token, text)
    else:
        incident(activation, token, "run.thrown", {"code": code, "text": text})


def escalate(activation: Activation, token: Token, *, code: str, text: str) -> None:
    """Tell the nearest scope that catches an escalation, or else whoever called this process."""
    catch = catcher(activation, token.scope, What.ESCALATION, code)
    if catch is not None:
        caught(activation, *catch, code=code, text=text, by=token)
    else:
        activation.effects.append(Escalate(code, text))


def _is_called(activation: Activation) -> bool:
    try:
        return activation.reader.look(Named("Workflow", "caller")) is not None
    except Unknown:
        return False
