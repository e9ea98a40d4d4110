"""How what happens in other parts reaches the instances that wait for it: in the announcer's transaction, in sets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from potok.engine import values
from potok.engine.values import Value
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import Event, reacts_to
from potok.kit.queries import Query
from potok.processes import acts, wakes

# Key by key behind the fence (OFFSET): left to choose, the planner reads all that listen, because they were few when
# they were last counted.
FOUND = """SELECT s.instance_id, s.token, h.event, h.key, s."where" FROM unnest(%b::text[], %b::text[]) h(event, key)
    CROSS JOIN LATERAL (SELECT s.instance_id, s.token, s."where" FROM processes_subscription s
        WHERE s.event = h.event AND s.key = h.key OFFSET 0) s"""
UNHEARD = """SELECT DISTINCT i.instance_id FROM processes_inbox i
    JOIN unnest(%b::bigint[], %b::int[]) t(instance, token) ON i.instance_id = t.instance AND i.token = t.token
    WHERE i.kind = 'happened' AND i.id <> ALL(%b::bigint[])"""
KEY_MAX = 100
_heard: set[type[Event]] = set()


def hear(cls: type[Event]) -> None:
    """Let events of this class wake instances; once for each class, however many blocks await it."""
    if cls not in _heard:
        _heard.add(cls)
        reacts_to(cls)(wake)


def wake(happened: Sequence[Event]) -> None:
    """Put what happened into the inbox of every instance that listens for it."""
    by_key: dict[tuple[str, str], list[Event]] = {}
    for event in happened:
        for key in _keys(event.plain()):
            by_key.setdefault((event.name, key), []).append(event)
    if not by_key:
        return
    rows = []
    for instance, token, name, key, where in sets.execute(FOUND, sorted(by_key)):
        rows += [
            (instance, wakes.HAPPENED, token, wakes.payload(_payload(event)))
            for event in by_key[name, key]
            if _fits(where, event.plain())
        ]
    acts.post(rows)


def tell(call: Call, name: str, said: Mapping[str, Value]) -> list[int]:
    """Put a message into the inbox of every instance that waits for it; answers these instances."""
    keys = ["", *(f"{field}={value}" for field, value in said.items() if len(str(value)) <= KEY_MAX)]
    found = sets.execute(FOUND, [(message(name), key) for key in dict.fromkeys(keys)])
    heard = [(instance, token) for instance, token, _, _, where in found if _matches(where, said)]
    acts.post([(instance, wakes.HAPPENED, token, wakes.payload(said)) for instance, token in heard])
    return list(dict.fromkeys(instance for instance, _ in heard))


def _unheard(*, instance: int, tokens: Sequence[int], known: Sequence[int]) -> bool:  # type: ignore[empty-body]
    """Tell whether something happened for these tokens that is not among the known rows of the inbox."""


def _unheard_all(asked: Sequence[Mapping[str, Any]]) -> list[bool]:
    tokens = [(given["instance"], token) for given in asked for token in given["tokens"]]
    columns = [list(column) for column in zip(*tokens, strict=True)]
    known = [row for given in asked for row in given["known"]]
    found = sets.ids(UNHEARD, (), *columns, known)
    return [given["instance"] in found for given in asked]


unheard: Query[Any, bool] = Query("processes.unheard", _unheard, _unheard_all)


def message(name: str) -> str:
    """The event of an ear that waits for a message: told apart from what happens in the house."""
    return f"message:{name}"


def _matches(where: Mapping[str, Any], said: Mapping[str, Value]) -> bool:
    """Compare as they are written: whoever sends from outside may call the number 7 “7”."""
    return all(name in said and str(said[name]) == str(values.decode(kept)) for name, kept in where.items())


def _keys(fields: Mapping[str, Any]) -> Iterator[str]:
    """A subscription is kept under one of the values it names, so each plain value of an event may be such a key."""
    for name, value in fields.items():
        if isinstance(value, int | str) and not isinstance(value, bool) and len(str(value)) <= KEY_MAX:
            yield f"{name}={value}"


def _fits(where: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return all(fields.get(name) == value for name, value in where.items())


def _payload(event: Event) -> dict[str, Any]:
    plain = {name: value for name, value in event.plain().items() if not isinstance(value, dict)}
    return {**plain, wakes.EVENT: event.name, wakes.BY: event.call.author, wakes.AT: event.call.at}
