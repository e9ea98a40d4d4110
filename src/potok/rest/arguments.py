"""From what came over the wire to what a method takes: names in any case, values by type, errors as documented."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from potok.kit.dialects import Arguments, Method, WireError

DROPPED = ("auth", "access_token")
TELEMETRY = "bx24_"


def read(method: Method, given: Mapping[str, Any] | list[Any]) -> Arguments:
    """Match names and positions, let pydantic read the values, answer code 100 for what is wrong."""
    try:
        return method.takes.model_validate(_named(method, given))
    except ValidationError as wrong:
        raise _wire_error(wrong) from None


def _named(method: Method, given: Mapping[str, Any] | list[Any]) -> dict[str, Any]:
    if isinstance(given, list):
        given = {str(place): value for place, value in enumerate(given)}
    kept = {name: value for name, value in given.items() if not _is_noise(name)}
    if method.positional:
        kept = _placed(method.positional, kept)
    known = {(info.alias or name).lower(): name for name, info in method.takes.model_fields.items()}
    known |= {name.lower(): name for name in method.takes.model_fields}
    # `select` and `SELECT` are the same argument; what nobody knows stays, for models that look at the rest.
    return {known.get(name.lower(), name): _emptied(value) for name, value in kept.items()}


def _is_noise(name: str) -> bool:
    return name.lower() in DROPPED or name.lower().startswith(TELEMETRY)


def _placed(positional: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    by_name = {name.lower(): name for name in positional}
    if given and all(name.lower() in by_name for name in given):
        return {by_name[name.lower()]: value for name, value in given.items()}
    numbered = all(name.isdecimal() for name in given)
    values = [given[name] for name in sorted(given, key=int)] if numbered else list(given.values())
    return dict(zip(positional, values, strict=False))


def _emptied(value: Any) -> Any:
    """An empty map travels as an empty list (PHP): let pydantic decide which of the two is wanted."""
    return {} if value == [] else value


def _wire_error(wrong: ValidationError) -> WireError:
    first = wrong.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing":
        return WireError(100, f"Could not find value for parameter {{{name}}}")
    return WireError(100, f"Invalid value {{{_short(first.get('input'))}}} to match with parameter {{{name}}}")


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 100 else text[:99] + "…"
