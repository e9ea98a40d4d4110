"""Values that belong to one item of a list, in rows of their own: read when asked for, written when changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.engine import values
from potok.engine.values import Value
from potok.kit import sets
from potok.kit.queries import Query

Named = dict[str, dict[str, Value]]  # by source and name

LOADED = """SELECT v.instance_id, v.scope, v.data FROM processes_localvalues v
    JOIN unnest(%b::bigint[], %b::int[]) w(instance_id, scope)
    ON v.instance_id = w.instance_id AND v.scope = w.scope"""


def _loaded(*, instance: int, scopes: Sequence[int]) -> dict[int, bytes]:  # type: ignore[empty-body]
    """Give the values of these scopes; a scope without values is left out."""


def _loaded_all(asked: Sequence[Mapping[str, Any]]) -> list[dict[int, bytes]]:
    wanted = [(given["instance"], scope) for given in asked for scope in given["scopes"]]
    found: dict[int, dict[int, bytes]] = {given["instance"]: {} for given in asked}
    for instance, scope, data in sets.execute(LOADED, wanted):
        found[instance][scope] = bytes(data)
    return [{scope: found[given["instance"]][scope] for scope in given["scopes"] if scope in found[given["instance"]]}
            for given in asked]  # fmt: skip


local_values: Query[Any, dict[int, bytes]] = Query("processes.local_values", _loaded, _loaded_all)


def read(data: bytes) -> Named:
    """Read values as they are kept."""
    plain = values.from_bytes(data or b"{}")
    return {source: {name: values.decode(value) for name, value in held.items()} for source, held in plain.items()}


def written(named: Mapping[str, Mapping[str, Value]]) -> bytes:
    """Write values as they are kept."""
    plain = {
        source: {name: values.encode(value) for name, value in sorted(held.items())}
        for source, held in sorted(named.items())
    }
    return values.to_bytes(plain)
