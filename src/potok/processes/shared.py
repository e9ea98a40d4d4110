"""What all definitions share, as formulas and the compiler see it; and what is refused when it is changed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from potok.engine import values
from potok.engine.graph import Declaration
from potok.engine.run import GlobalOf, Unknown
from potok.engine.values import NUMBER, Type, Value
from potok.kit.errors import Missing, refusal
from potok.kit.words import _
from potok.processes.models import Definition, Shared

# A file belongs to a record or a person, and “any” could not be checked before a definition is published.
KINDS = tuple(kind for kind in values.KINDS if kind not in ("any", "file", "choice", "duration"))

WRONG_NAME = refusal(
    "processes.global_wrong_name",
    _("“{name}” cannot be a name. Begin with a Latin letter; go on with letters, digits and “_”."),
)
NAME_TAKEN = refusal("processes.global_taken", _("There is “{name}” already. Choose another name."))
WRONG_KIND = refusal("processes.global_wrong_type", _("There is no type “{kind}” for it. Choose one of: {known}."))
IN_USE = refusal("processes.global_in_use", _("“{name}” is used by {definitions}. Change these definitions first."))
NONE = refusal("processes.no_global", _("There is no “{name}” among global variables."), family=Missing)
NO_SUM = refusal(
    "processes.global_no_sum", _("“{value}” cannot be added to “{name}”. Add a number or items of a list.")
)


def type_of(kept: Shared) -> Type:
    """The type of what it holds."""
    return Type(kept.kind, kept.multiple, kept.of)


def declaration(kept: Shared) -> Declaration:
    """The same as parameters of definitions are declared."""
    return Declaration(kept.name, type_of(kept), kept.title, default=values.decode(kept.value))


def types() -> Mapping[str, Mapping[str, Type]]:
    """All of them with their types, as the compiler is told."""
    found: dict[str, dict[str, Type]] = {Shared.VARIABLE: {}, Shared.CONSTANT: {}}
    for kept in Shared.objects.all():
        found[kept.source][kept.name] = type_of(kept)
    return found


def values_of(asks: Iterable[GlobalOf]) -> "dict[GlobalOf, Value | Unknown]":
    """Read values, all at once."""
    wanted = list(asks)
    if not wanted:
        return {}
    rows = Shared.objects.filter(name__in={ask.name for ask in wanted}).values_list("source", "name", "value")
    kept = {GlobalOf(source, name): values.decode(value) for source, name, value in rows}
    return {ask: kept[ask] if ask in kept else Unknown("processes.no_such_value", name=ask.name) for ask in wanted}


def users(kept: Shared) -> Sequence[str]:
    """Name the definitions whose published text names it."""
    words = {Shared.VARIABLE: "global_variable", Shared.CONSTANT: "global_constant"}
    pattern = rf"({kept.source}:|{words[kept.source]}[\"']?\s*:\s*[\"']?){kept.name}\y"
    return list(Definition.objects.filter(version__source__regex=pattern).values_list("title", flat=True))


def added(held: Value, more: Any, *, type: Type) -> Value:
    """Add to a number, or items to a list; None cannot be added to."""
    if type.multiple:
        old = held if isinstance(held, tuple) else ()
        return (*old, *(more if isinstance(more, tuple) else (more,)))
    assert type == NUMBER
    return _number(held) + _number(more)


def _number(value: Any) -> Decimal:
    return Decimal(0) if value is None else Decimal(value)
