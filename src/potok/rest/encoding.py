"""How values travel: PHP's bracket grammar in, PHP's idea of lists out. Pure.

Query-string libraries differ from PHP where it matters (`a[][b]`, a repeated name, numeric keys), hence our own.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from potok.kit.dialects import WireError

DEPTH_MAX = 16
PAIRS_MAX = 20_000


def read_query(text: str) -> dict[str, Any]:
    """Read `a[b][]=c&…`; percent-encoded brackets, `+` and a trailing `&` are understood."""
    return nest(parse_qsl(text, keep_blank_values=True, max_num_fields=PAIRS_MAX))


def nest(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Nest flat names: `a[b]` into maps, `a[]` into the next number, then numbered maps into lists."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _put(tree, _path(name), value)
    read: dict[str, Any] = {key: listed(value) for key, value in tree.items()}
    return read


def _path(name: str) -> list[str]:
    head, bracket, rest = name.partition("[")
    if not bracket or not head or "]" not in rest:
        return [name]
    keys = rest.partition("]")
    path = [head, keys[0]]
    while keys[2].startswith("[") and "]" in keys[2]:
        keys = keys[2][1:].partition("]")
        path.append(keys[0])
    if len(path) > DEPTH_MAX:
        raise WireError("INVALID_REQUEST", "The parameters are nested too deep.")
    return path


def _put(tree: dict[str, Any], path: list[str], value: Any) -> None:
    for key in path[:-1]:
        below = tree.setdefault(key or _next(tree), {})
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    last = path[-1] if len(path) == 1 else path[-1] or _next(tree)
    if path[-1] == "" and value == "" and len(path) > 1:
        return  # `SELECT[]=` says: an empty list
    tree[last] = value


def _next(tree: Mapping[str, Any]) -> str:
    return str(max((int(key) for key in tree if key.isdecimal()), default=-1) + 1)


def listed(value: Any) -> Any:
    """Turn maps whose keys are exactly 0…n−1 into lists, all the way down; nothing else changes."""
    if isinstance(value, Mapping):
        keys = list(value)
        if keys and all(isinstance(key, str) and key.isdecimal() for key in keys):
            order = sorted(keys, key=int)
            if [int(key) for key in order] == list(range(len(order))):
                return [listed(value[key]) for key in order]
        return {key: listed(below) for key, below in value.items()}
    if isinstance(value, list):
        return [listed(below) for below in value]
    return value


def as_php(value: Any) -> Any:
    """What PHP would write: an empty map as `[]`, a map numbered 0…n−1 as a list."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Mapping):
        if _is_numbered(value):
            return [as_php(below) for below in value.values()]
        return {str(key): as_php(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [as_php(below) for below in value]
    return value


def _is_numbered(value: Mapping[Any, Any]) -> bool:
    return all(str(key) == str(number) for number, key in enumerate(value))
