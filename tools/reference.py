"""The pages of `docs/reference/`: whatever has a public name, as the registries know it."""

import inspect
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tools import block_pages

Row = tuple[str, ...]


def pages() -> dict[str, Callable[[], str]]:
    """File name and what writes it."""
    writers = (
        commands, errors, events, functions, operations, permissions, problems, queries, record_types, rest,
        settings, slots,
    )  # fmt: skip
    named = {f"{each.__name__.replace('_', '-')}.md": each for each in writers}
    return {**named, **block_pages.pages()}


def described() -> Iterator[tuple[str, str]]:
    """Everything with a public name and what it says about itself, by the name of the page and its own."""
    from potok.engine.expr.functions import all_functions
    from potok.engine.problems import all_codes
    from potok.kit import commands, dialects, errors, events, operations, permissions, queries
    from potok.processes.block import blocks
    from potok.processes.construct import constructs
    from potok.records.record_types import record_types
    from potok.site.settings import ENVIRONMENT
    from potok.ui.slots import slots

    named: dict[str, Mapping[str, object]] = {
        "block": {name: each.help for name, each in blocks.all().items()},
        "construct": {name: each.help for name, each in constructs.all().items()},
        "command": {name: each.title for name, each in commands.commands.all().items()},
        "error": {code: each.sentence for code, each in errors.refusals().items()},
        "event": {name: said(each) for name, each in events.events.all().items()},
        "function": {name: each.about for name, each in all_functions().items()},
        "method": {name: each.title for name, each in dialects.methods.all().items()},
        "operation": {name: each.title for name, each in operations.operations.all().items()},
        "permission": {name: each.title for name, each in permissions.permissions.all().items()},
        "problem": {code: each.message for code, each in all_codes().items()},
        "query": {name: each.title for name, each in queries.queries.all().items()},
        "record type": {name: each.title for name, each in record_types.all().items()},
        "setting": {name: meaning for name, (_, meaning) in ENVIRONMENT.items()},
        "slot": {name: each.title for name, each in slots.all().items()},
    }
    for kind, things in named.items():
        yield from ((f"{kind} {name}", str(text).strip()) for name, text in things.items())


def commands() -> str:
    """The command line."""
    from potok.kit.commands import commands

    def usage(name: str, parameters: Mapping[str, inspect.Parameter]) -> str:
        words = [one.upper() if each.kind is not each.KEYWORD_ONLY else f"--{one.replace('_', '-')}"
                 for one, each in parameters.items()]  # fmt: skip
        return f"`{' '.join(['potok', name, *words])}`"

    return page(
        "Commands",
        ("command", "what it does"),
        ((usage(name, each.parameters), each.title) for name, each in commands.all().items()),
    )


def errors() -> str:
    """Refusals by code."""
    from potok.kit.errors import refusals

    listed = ((f"`{code}`", each.family.__name__, each.sentence) for code, each in refusals().items())
    return page("Refusals", ("code", "family", "what it says"), listed)


def events() -> str:
    """What is announced."""
    from potok.kit.events import events

    listed = ((f"`{name}`", fields(each), said(each)) for name, each in events.all().items())
    return page("Events", ("event", "carries", "meaning"), listed)


def functions() -> str:
    """What formulas may call."""
    from tools import formulas

    return formulas.page()


def operations() -> str:
    """Every write."""
    from potok.kit.operations import operations

    listed = (
        (f"`{name}`", arguments(each.one), f"`{each.needs}`" if each.needs else "what its rules say", each.title)
        for name, each in operations.all().items()
    )
    return page("Operations", ("operation", "takes", "needs", "what it does"), listed)


def permissions() -> str:
    """What a role may be given."""
    from potok.kit.permissions import permissions

    listed = (
        (f"`{name}`", "own, department, with those below, all" if each.of_records else "as a whole", str(each.title))
        for name, each in permissions.all().items()
    )
    return page("Permissions", ("permission", "reaches", "meaning"), listed)


def problems() -> str:
    """What may be wrong with a definition or a formula."""
    from potok.engine.problems import all_codes

    listed = ((f"`{code}`", str(each.severity.value), each.message, each.hint) for code, each in all_codes().items())
    return page("Problems", ("problem", "weight", "what it says", "what to do"), listed)


def queries() -> str:
    """Every question others may ask."""
    from potok.kit.queries import queries

    listed = ((f"`{name}`", arguments(each.one), each.title) for name, each in queries.all().items())
    return page("Queries", ("query", "takes", "what it answers"), listed)


def record_types() -> str:
    """Every record type with its fields."""
    from potok.records.record_types import record_types

    return sections(
        "Record types", [(f"`{name}`", _record_type(each)) for name, each in sorted(record_types.all().items())]
    )


def _record_type(each: Any) -> str:
    marks = ("required", "multiple", "hidden", "read_only")
    listed = [
        (f"`{name}`", str(field.title), f"`{field.kind}`", ", ".join(mark.replace("_", " ") for mark in marks
         if getattr(field, mark)))
        for name, field in each.declared().items()
    ]  # fmt: skip
    about = f"**{each.plural}**, at `/{each.path.strip('/')}/`{', with pipelines' if each.pipeline else ''}."
    return f"{about} Custom fields come beside these.\n\n{rows(('field', 'label', 'kind', ''), listed)}"


def rest() -> str:
    """Methods of the REST door."""
    from potok.kit.dialects import methods

    listed = (
        (f"`{name}`", f"`{each.scope}`", ", ".join(f"`{one}`" for one in each.takes.model_fields), each.title)
        for name, each in methods.all().items()
    )
    return page("REST methods", ("method", "scope", "takes", "what it does"), listed)


def settings() -> str:
    """What an operator sets in the environment."""
    from potok.site.settings import ENVIRONMENT

    listed = (
        (f"`{name}`", f"`{default}`" if default else "", meaning) for name, (default, meaning) in ENVIRONMENT.items()
    )
    return page("Settings", ("variable", "without it", "meaning"), listed)


def slots() -> str:
    """Places that the parts above fill."""
    from potok.ui.slots import slots

    listed = (
        (f"`{name}`", each.title, ", ".join(f"`{entry.name}`" for entry in each.declared()))
        for name, each in slots.all().items()
    )
    return page("Slots", ("slot", "where it is", "filled by"), listed)


# ----- how a page is written ------------------------------------------------------------------------------------------


def said(thing: type) -> str:
    """The first line of a class's own docstring; the one that `dataclass` makes up says nothing."""
    told = inspect.cleandoc(thing.__doc__ or "")
    return "" if told.startswith(f"{thing.__name__}(") else told.partition("\n")[0]


def fields(event: type) -> str:
    """The fields of an event, without the call."""
    own = [name for name in getattr(event, "__dataclass_fields__", {}) if name not in {"call", "name"}]
    return ", ".join(f"`{name}`" for name in own)


def arguments(function: Callable[..., object]) -> str:
    """What is given to an operation or a query, the call left out; what may be left out stands in brackets."""
    hints = typing.get_type_hints(function)
    given = [one for name, one in inspect.signature(function).parameters.items() if name != "call"]
    told = [f"`{one.name}: {_hint(hints.get(one.name, Any))}`" for one in given]
    return ", ".join(text if one.default is one.empty else f"[{text}]" for one, text in zip(given, told, strict=True))


def _hint(hint: Any) -> str:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return " or ".join("nothing" if one is type(None) else _hint(one) for one in typing.get_args(hint))
    inner = ", ".join(map(_hint, typing.get_args(hint)))
    name = getattr(typing.get_origin(hint) or hint, "__name__", str(hint))
    return f"{name}[{inner}]" if inner else name


def sections(title: str, told: Iterable[tuple[str, str]]) -> str:
    """A page of headed sections."""
    return "\n\n".join([f"# {title}", *(f"## {head}\n\n{text}" for head, text in told)]) + "\n"


def page(title: str, heads: Row, listed: Iterable[Row]) -> str:
    """A page of one table, in the order of the names."""
    return f"# {title}\n\n{rows(heads, sorted(listed))}\n"


def rows(heads: Row, listed: Iterable[Row]) -> str:
    """A table."""
    lines = [f"| {' | '.join(cell.partition(chr(10))[0].replace('|', '¦') for cell in row)} |" for row in listed]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines])
