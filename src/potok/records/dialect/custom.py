"""Custom fields under foreign names: `….userfield.list` and `….userfield.add`."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Default

from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.records import catalogue
from potok.records.dialect import listing
from potok.records.dialect.describing import CUSTOM_TYPES, settings
from potok.records.dialect.naming import CUSTOM, Dialect
from potok.records.dialect.refusing import answering
from potok.records.models import CustomField
from potok.records.operations import custom_fields

KINDS: Mapping[str, str] = {
    **{theirs: ours for ours, theirs in reversed(list(CUSTOM_TYPES.items()))},
    "string": "text", "integer": "number", "double": "number", "address": "text",
}  # fmt: skip
LABELS = ("EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL", "LABEL", "FIELD_NAME")


class ListArguments(Arguments):
    """Which custom fields."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    start: int = 0


class AddArguments(Arguments):
    """A new custom field."""

    fields: dict[str, Any]


def declare_custom_fields(dialect: Dialect) -> None:
    """Register the methods about the custom fields of one record type."""

    @method(f"{dialect.methods}.userfield.list", scope="crm")
    def list_(call: Call, given: ListArguments) -> Page:
        """List the custom fields."""
        rows = [_shown(dialect, row) for row in CustomField.objects.filter(record_type=dialect.record_type.name)]
        terms = wire.read_filter(given.filter)
        kept = [row for row in rows if all(listing.holds(row, term) for term in terms)]
        for name, down in reversed(wire.read_order(given.order)):
            kept.sort(key=lambda row, name=name: str(row.get(name, "")), reverse=down)  # type: ignore[misc]
        return page(kept, start=min(given.start, 0), shown=len(kept), total=len(kept))

    @method(f"{dialect.methods}.userfield.add", scope="crm")
    def add(call: Call, given: AddArguments) -> int:
        """Add a custom field and tell its number."""
        with answering(call):
            row = custom_fields.add(call, **_declared(dialect, given.fields))
        return int(row.pk)


def _shown(dialect: Dialect, row: CustomField) -> dict[str, Any]:
    field = catalogue.field_of(row)
    shown: dict[str, Any] = {
        "ID": str(row.pk),
        "ENTITY_ID": f"CRM_{dialect.entity}",
        "FIELD_NAME": dialect.name_of(row.name),
        "USER_TYPE_ID": CUSTOM_TYPES[row.kind],
        "XML_ID": row.name,
        "SORT": str(row.order * 100),
        "MULTIPLE": "Y" if row.multiple else "N",
        "MANDATORY": "Y" if row.required else "N",
        "SHOW_FILTER": "E",
        "SHOW_IN_LIST": "N" if row.hidden else "Y",
        "EDIT_IN_LIST": "Y",
        "IS_SEARCHABLE": "N",
        "EDIT_FORM_LABEL": row.title,
        "LIST_COLUMN_LABEL": row.title,
        "LIST_FILTER_LABEL": row.title,
        "SETTINGS": settings(field),
    }
    if row.kind == "choice":
        shown["LIST"] = [
            {"ID": one["key"], "SORT": str((place + 1) * 100), "VALUE": one["title"], "DEF": "N"}
            for place, one in enumerate(row.options)
        ]
    return shown


def _declared(dialect: Dialect, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the operation takes, out of what a client says."""
    told = {str(name).upper(): value for name, value in given.items()}
    kind = KINDS.get(str(told.get("USER_TYPE_ID", "string")).lower())
    if kind is None:
        known = ", ".join(sorted(KINDS))
        raise WireError("ERROR_ARGUMENT", f"USER_TYPE_ID: {told['USER_TYPE_ID']} is none of {known}.")
    options = told.get("SETTINGS") if isinstance(told.get("SETTINGS"), dict) else {}
    assert isinstance(options, dict)
    if kind == "text" and str(options.get("ROWS", "1")) not in ("", "0", "1"):
        kind = "area"
    return {
        "record_type": dialect.record_type.name,
        "kind": kind,
        "title": _label(told),
        "name": str(told.get("FIELD_NAME", "")).upper().removeprefix(CUSTOM).lower(),
        "required": wire.is_yes(told.get("MANDATORY", "N")),
        "multiple": wire.is_yes(told.get("MULTIPLE", "N")),
        "hidden": str(told.get("SHOW_IN_LIST", "Y")).upper() == "N",
        "default": options.get("DEFAULT_VALUE"),
        "options": _options(kind, told, options),
    }


def _label(told: Mapping[str, Any]) -> str:
    """A label is a text, or one for each language."""
    for name in LABELS:
        given = told.get(name)
        text = next((str(one) for one in given.values() if one), "") if isinstance(given, dict) else str(given or "")
        if text.strip():
            return text.strip()
    return ""


def _options(kind: str, told: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Any]:
    if kind == "link":
        to = next((str(name).lower() for name, on in settings.items() if wire.is_yes(on)), "contact")
        return [{"to": f"crm.{to}"}]
    given = told.get("LIST") or []
    rows = list(given.values()) if isinstance(given, dict) else given
    return [str(one.get("VALUE", "")) for one in rows if isinstance(one, dict)] if kind == "choice" else []
