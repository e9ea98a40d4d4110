"""Commands offered and taken back by instances, in sets, as acts that no door knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import encode, touch
from potok.kit.operations import Operation
from potok.processes import rules

OFFER = """INSERT INTO processes_command (instance_id, token, node, title, help, people, status, offered_at)
    SELECT d.instance, d.token, d.node, d.title, d.help, d.people, 'open', d.at
    FROM unnest(%b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[], %b::text[]::jsonb[], %b::timestamptz[])
        WITH ORDINALITY d(instance, token, node, title, help, people, at, place)
    ORDER BY d.place RETURNING id"""
WITHDRAW = """UPDATE processes_command c SET status = 'withdrawn'
    FROM unnest(%b::bigint[], %b::int[]) t(instance, token)
    WHERE c.instance_id = t.instance AND c.token = t.token AND c.status = 'open' RETURNING c.instance_id"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command to be offered."""

    node: str
    title: str
    help: str
    people: tuple[str, ...]


def _decide(call: Call, *, node: str, title: str, people: Sequence[str], help: str = "") -> Offer:
    """Offer a command to people; answers its id."""
    if not people:
        raise rules.NOBODY(title=title)
    return Offer(node, title, help, tuple(dict.fromkeys(people)))


def _offer(rows: Sequence[tuple[Call, Offer]]) -> list[int | Refused]:
    written = [
        (call.cause.instance, call.cause.token, one.node, one.title, one.help, encode(list(one.people)), call.at)
        for call, one in rows
    ]
    ids = [row[0] for row in sets.execute(OFFER, written)]
    for call, _ in rows:
        touch("instance", call.cause.instance or 0)
    return [*ids]


def withdraw(rows: Sequence[tuple[Call, int, int]]) -> None:
    """Take back what tokens of instances had offered."""
    for instance in sorted(sets.ids(WITHDRAW, [(instance, token) for _, instance, token in rows])):
        touch("instance", instance)


offer: Operation[Any, int] = Operation("processes.command.offer", "", _decide, _offer)
