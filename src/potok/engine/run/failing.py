"""What goes wrong goes to the nearest scope that catches it; where none does, the token waits for an operator."""

from __future__ import annotations

from collections.abc import Mapping

from potok.engine.expr import Failure
from potok.engine.graph import Caught, What
from potok.engine.problems import Place, Problem, all_codes
from potok.engine.run.activation import Activation, withdrawal
from potok.engine.run.asks import Unknown
from potok.engine.run.effects import Fail
from potok.engine.run.state import Part, Stand, Token
from potok.engine.values import WrongType, encode


def fail(activation: Activation, token: Token, code: str, fields: Mapping[str, object], *, text: str = "") -> None:
    """Let an error find the scope that catches it; otherwise it is an incident."""
    catch = catcher(activation, token.scope, What.ERROR, code)
    if catch is None:
        incident(activation, token, code, fields, text=text)
        return
    activation.note("failed", token, code)
    drop(activation, token)
    caught(activation, *catch, code=code, text=text or _says(activation, code, fields), by=token)


def incident(activation: Activation, token: Token, code: str, fields: Mapping[str, object], *, text: str = "") -> None:
    """Let a token wait for an operator."""
    activation.hold(token, Stand.FAILED, kept=token.kept)
    activation.effects.append(Fail(token.id, token.node, code, fields, text))
    activation.note("failed", token, code)


def told(failure: Failure | WrongType | Unknown) -> Mapping[str, object]:
    """Give what an incident tells besides the code."""
    match failure:
        case Failure(problem=problem):
            return problem.fields
        case WrongType(value=value, wanted=wanted):
            return {"value": encode(value), "wanted": str(wanted)}
    return failure.fields


def catcher(activation: Activation, scope: int, what: What, code: str) -> tuple[int, int] | None:
    """Find the nearest scope around that catches this, and the node by which."""
    program = activation.program
    while scope:
        each = activation.scopes[scope]
        # The events of a list listen around all of it; a compensation has none of the events of what it compensates.
        for node in program.catches.get(each.opener, ()) if each.part in (Part.PLAIN, Part.LIST) else ():
            match program.payloads[node]:
                case Caught(kind, codes) if kind == what and (not codes or code in codes):
                    return scope, node
        scope = each.parent
    return None


def caught(activation: Activation, scope: int, node: int, *, code: str, text: str, by: Token) -> None:
    """Go on at the node that catches."""
    token = Token(activation.number(), node, scope, Stand.READY)
    step = activation.program.graph.names[by.node]
    activation.learn(node, {"code": code, "message": text, "step": step}, scope=scope)
    activation.note("caught", token, code)
    activation.leave(token)


def drop(activation: Activation, token: Token) -> None:
    """Take a token away that failed. What it had called is over; a block that never waited left nothing behind."""
    activation.tokens.pop(token.id, None)
    if token.stand is not Stand.CALLING and not (token.stand is Stand.PERFORMING and token.kept is None):
        activation.effects += withdrawal(token)


def _says(activation: Activation, code: str, fields: Mapping[str, object]) -> str:
    declared = all_codes().get(code)
    if declared is None:
        return code
    return Problem(code, Place(), declared.message, fields=fields).says(activation.translate)
