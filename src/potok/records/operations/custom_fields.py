"""Custom fields: fields that the customer adds to a record type, without code and without a restart."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.operations import operation
from potok.records import catalogue, converting, queries, rules
from potok.records.fields import kinds
from potok.records.fields.numbered import check_template
from potok.records.models import CustomField
from potok.records.operations.pipelines import SETTINGS
from potok.records.record_types import record_types


@operation("records.field.add", needs=SETTINGS)
def add(
    call: Call,
    *,
    record_type: str,
    kind: str,
    title: str,
    name: str = "",
    required: bool = False,
    multiple: bool = False,
    hidden: bool = False,
    default: Any = None,
    options: Sequence[Mapping[str, Any] | str] = (),
) -> CustomField:
    """Add a field. Its code is made of the title where none is given; options of a choice may be bare titles."""
    declared = queries.type_named(record_type)
    if kind not in kinds:
        raise rules.WRONG_KIND(place="kind", kind=kind, known=", ".join(kinds))
    known = catalogue.current().of(declared)
    row = CustomField(
        record_type=record_type,
        kind=kind,
        title=_checked_title(title, [str(field.title) for field in known.values()]),
        name=_free_name(name or rules.field_name(title), known, given=bool(name)),
        required=required,
        multiple=multiple,
        hidden=hidden,
        options=_options(options, kind=kind),
        order=(CustomField.objects.filter(record_type=record_type).aggregate(last=Max("order"))["last"] or 0) + 1,
    )
    row.default = _checked_default(row, default)
    row.save()
    catalogue.changed()
    return row


@operation("records.field.change", needs=SETTINGS)
def change(
    call: Call,
    *,
    field: CustomField,
    title: str,
    required: bool,
    hidden: bool,
    default: Any = None,
    options: Sequence[Mapping[str, Any] | str] | None = None,
) -> CustomField:
    """Change what may change: name and kind stay, since values and processes count on them."""
    others = catalogue.current().of(record_types[field.record_type])
    field.title = _checked_title(title, [str(one.title) for name, one in others.items() if name != field.name])
    field.required, field.hidden = required, hidden
    if options is not None:
        field.options = _options(options, kind=field.kind, known=field.options)
    field.default = _checked_default(field, default)
    field.save()
    catalogue.changed()
    return field


@operation("records.field.convert", needs=SETTINGS)
def convert(call: Call, *, field: CustomField, kind: str) -> converting.Rehearsal:
    """Give a field another kind, with its values; what does not convert stays as text in a hidden field beside it."""
    told = converting.convert(field, kind)
    field.save(update_fields=["kind", "options", "default"])
    if (
        told.lost
        and not CustomField.objects.filter(record_type=field.record_type, name=field.name + converting.BEFORE).exists()
    ):
        CustomField.objects.create(
            record_type=field.record_type,
            name=field.name + converting.BEFORE,
            kind="text",
            title=gettext("%(field)s (before)") % {"field": field.title},
            hidden=True,
            order=field.order,
        )
    catalogue.changed()
    return told


@operation("records.field.remove", needs=SETTINGS)
def remove(call: Call, *, field: CustomField) -> None:
    """Remove a field from cards and lists; its values stay in the records and come back with a field of its code."""
    field.delete()
    catalogue.changed()


def _checked_title(title: str, others: Sequence[str]) -> str:
    if not title.strip():
        raise rules.UNTITLED(place="title")
    if title.strip().casefold() in {one.casefold() for one in others}:
        raise rules.DOUBLED(place="title", title=title.strip())
    return title.strip()


def _free_name(wanted: str, known: Mapping[str, Any], *, given: bool) -> str:
    if not rules.is_field_name(wanted):
        raise rules.WRONG_NAME(place="name")
    if wanted not in known:
        return wanted
    if given:
        raise rules.DOUBLED(place="name", title=wanted)
    number = 2
    while f"{wanted}_{number}" in known:
        number += 1
    return f"{wanted}_{number}"


def _options(given: Sequence[Mapping[str, Any] | str], *, kind: str, known: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Options of a choice get keys that never change; a link names a record type that there is."""
    if kind == "numbered":
        said = next((one for one in given if isinstance(one, Mapping)), {})
        first = str(said.get("first") or 1)
        return [
            {"template": check_template(str(said.get("template", ""))), "first": int(first) if first.isdecimal() else 1}
        ]
    if kind == "link":
        to = next((str(one["to"]) for one in given if isinstance(one, Mapping) and "to" in one), "")
        if to not in record_types:
            raise MISSING(place="options", id=to)
        return [{"to": to}]
    keys = {one["title"]: one["key"] for one in known if isinstance(one, Mapping) and "key" in one}
    free = max((int(key) for key in keys.values() if str(key).isdecimal()), default=0)
    options: list[dict[str, Any]] = []
    for one in given:
        title = str(one if isinstance(one, str) else one["title"]).strip()
        key = None if isinstance(one, str) else one.get("key")
        if not title:
            continue
        if not key and title not in keys:
            free += 1
        options.append({"key": str(key or keys.get(title) or free), "title": title})
    return options


def _checked_default(row: CustomField, default: Any) -> Any:
    if default in (None, "", []):
        return None
    field = catalogue.field_of(row)
    value = field.read(default)
    if field.multiple and isinstance(value, tuple):
        return [field.to_plain(item) for item in value]
    return field.to_plain(value)
