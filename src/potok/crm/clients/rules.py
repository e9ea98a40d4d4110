"""What clients refuse."""

from collections.abc import Mapping
from typing import Any

from potok.kit.errors import refusal
from potok.kit.words import _

NAMELESS = refusal("crm.contact.nameless", _("A contact needs a name or a surname."))


def check_named(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse a contact that nobody could be addressed by."""
    if not after.get("name") and not after.get("surname"):
        raise NAMELESS(place="surname")


def full_name(values: Mapping[str, Any]) -> str:
    """How a contact stands in tables: «Захарченко Виктор»."""
    return " ".join(str(values[name]) for name in ("surname", "name") if values.get(name))
