"""Runs many coroutines together: each to its next request, then every kind of request at once for all who made it."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias

from potok.kit.errors import Defect
from potok.kit.operations import Operation
from potok.kit.queries import Query
from potok.processes.world import Request

What: TypeAlias = Operation[..., Any] | Query[..., Any]
Lives: TypeAlias = Mapping[int, Coroutine[Any, Any, Any]]
Hands: TypeAlias = Callable[[What, Sequence[Request]], Sequence[Any]]


def rounds(lives: Lives, *, hands: Hands) -> dict[int, Any]:
    """Run every life to its end: what it returned, or the exception it ended with; the others go on.

    `hands` carries out a group of requests for one thing and gives as many answers; an answer that is an exception is
    thrown into the life that asked.
    """
    answers: dict[int, Any] = dict.fromkeys(lives)
    ended: dict[int, Any] = {}
    while answers:
        groups: dict[What, list[tuple[int, Request]]] = defaultdict(list)
        for key, answer in answers.items():
            try:
                asked = _resume(lives[key], answer)
                groups[asked.what].append((key, asked))
            except StopIteration as stop:
                ended[key] = stop.value
            except Exception as failure:
                ended[key] = failure
        answers = {}
        # Reads first: what is asked and what is written in one round do not see each other.
        for what, rows in sorted(groups.items(), key=lambda group: isinstance(group[0], Operation)):
            given = hands(what, [asked for _, asked in rows])
            answers |= zip((key for key, _ in rows), given, strict=True)
    return ended


def real(what: What, asked: Sequence[Request]) -> Sequence[Any]:
    """The hands of the real world: the set form of the operation or query; equal questions are asked once."""
    if isinstance(what, Operation):
        return what.many([(each.call, each.given) for each in asked])
    told: dict[str, Any] = {}
    distinct = {repr(sorted(each.given.items())): each.given for each in asked}
    told = dict(zip(distinct, what.many(list(distinct.values())), strict=True))
    return [told[repr(sorted(each.given.items()))] for each in asked]


def patient(hands: Hands) -> Hands:
    """Hands for one life alone: whatever goes wrong is thrown into it, for it is surely its own."""

    def carried(what: What, asked: Sequence[Request]) -> Sequence[Any]:
        try:
            return hands(what, asked)
        except Exception as failure:
            return [failure] * len(asked)

    return carried


def _resume(life: Coroutine[Any, Any, Any], answer: Any) -> Request:
    asked = life.throw(answer) if isinstance(answer, Exception) else life.send(answer)
    if not isinstance(asked, Request):
        raise Defect("a block awaits nothing but its world")
    return asked
