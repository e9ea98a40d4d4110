"""Forms of values on the wire of classic methods: every scalar is a text, a date is a moment at midnight."""

import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.urls import NoReverseMatch, reverse

from potok.engine import values
from potok.engine.values import Money, RecordRef, Value
from potok.records.fields import Field
from potok.records.fields.contact import Line

LETTERS: Mapping[str, str] = {"crm.lead": "L", "crm.deal": "D", "crm.contact": "C", "crm.company": "CO"}
NUMBER_MAX = 0x7FFFFFFF


def moment(at: datetime | None) -> str | None:
    """A moment, in the zone of the server."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def shown(field: Field, value: Value) -> Any:
    """A value as it is answered; empty is null, or an empty list."""
    if field.multiple:
        items = value if isinstance(value, tuple) else ()
        return [shown_item(field, item) for item in items]
    return None if values.is_empty(value) else shown_item(field, value)


def shown_item(field: Field, item: Any) -> Any:
    """One item as it is answered."""
    show = SHOWN.get(field.kind)
    return show(field, item) if show else str(item)


def _date(field: Field, item: date) -> str | None:
    return moment(datetime.combine(item, time(), UTC))


def _money(field: Field, item: Money) -> str:
    return f"{item.amount:.2f}|{item.currency}" if field.custom else f"{item.amount:.2f}"


def _link(field: Field, item: RecordRef) -> str:
    return f"{LETTERS.get(item.type, item.type)}_{item.id}" if field.custom else str(item.id)


def _file(field: Field, item: Any) -> dict[str, str]:
    try:
        address = reverse("disk:file", args=[item.id])
    except NoReverseMatch:
        address = ""
    return {"id": str(item.id), "showUrl": address, "downloadUrl": address}


SHOWN: Mapping[str, Callable[[Field, Any], Any]] = {
    "money": _money,
    "yes_no": lambda field, item: ("1" if item else "0") if field.custom else ("Y" if item else "N"),
    "date": _date,
    "moment": lambda _field, item: moment(item),
    "person": lambda _field, item: str(item.id),
    "link": _link,
    "file": _file,
}


def given(field: Field, raw: Any) -> Any:
    """A value as it came, in a form that the field reads: `CO_7` is company 7."""
    if isinstance(raw, list | tuple):
        return [given(field, item) for item in raw]
    if field.kind == "link" and isinstance(raw, str) and "_" in raw:
        return raw.rpartition("_")[2]
    if field.kind == "file" and isinstance(raw, dict):
        return raw.get("id")
    return raw


# ----- lines: phones, addresses of mail -------------------------------------------------------------------------------


def line_id(item: Line | str) -> str:
    """A number for a line, the same as long as its text is; we keep none ourselves."""
    return str(zlib.crc32(str(item).encode()) & NUMBER_MAX)


def lines(name: str, value: Value) -> list[dict[str, str]]:
    """Lines as they are answered."""
    items = value if isinstance(value, tuple) else (() if value is None else (value,))
    return [
        {"ID": line_id(str(one)), "VALUE_TYPE": getattr(one, "use", "work").upper(), "VALUE": str(one), "TYPE_ID": name}
        for one in items
    ]


def merged(known: Value, raw: Any) -> list[dict[str, str]]:
    """What the lines become: without an id one is added, with one it is changed or, empty, taken away; others stay."""
    kept = {line["ID"]: {"value": line["VALUE"], "kind": line["VALUE_TYPE"].lower()} for line in lines("", known)}
    added: list[dict[str, str]] = []
    for one in raw if isinstance(raw, list | tuple) else list(raw.values()) if isinstance(raw, dict) else [raw]:
        line = _line(one)
        if line["id"] and (not line["value"] or line["delete"]):
            kept.pop(line["id"], None)
        elif line["id"] in kept:
            kept[line["id"]] = {"value": line["value"], "kind": line["kind"] or kept[line["id"]]["kind"]}
        elif line["value"]:
            added.append({"value": line["value"], "kind": line["kind"] or "work"})
    return [*kept.values(), *added]


def _line(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        return {"id": "", "value": str(raw or ""), "kind": "", "delete": ""}
    upper = {str(name).upper(): item for name, item in raw.items()}
    return {
        "id": str(upper.get("ID") or ""),
        "value": str(upper.get("VALUE") or ""),
        "kind": str(upper.get("VALUE_TYPE") or "").lower(),
        "delete": "Y" if str(upper.get("DELETE", "")).upper() == "Y" else "",
    }
