"""One change of a record in words: for the feed, which tells it, and for the history, which lists it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from potok.engine import values
from potok.engine.values import Value
from potok.kit.calls import COMMAND, IMPORT, INSTANCE, REST
from potok.records import catalogue, events
from potok.records.beside import besides
from potok.records.fields import Field
from potok.records.models import History
from potok.records.record_types import RecordType
from potok.records.screens import names, wording
from potok.records.screens.names import Names
from potok.ui import words

ICONS = {events.ADDED: "plus", events.REMOVED: "trash-2", events.RESTORED: "undo-2", events.ERASED: "trash-2"}
CAUSES = {INSTANCE: "route", REST: "webhook", IMPORT: "upload", COMMAND: "server"}


@dataclass(frozen=True)
class Change:
    """What a field was and what it became, in words."""

    name: str
    title: str
    was: str
    became: str
    can_undo: bool = False


def known_to(request: HttpRequest, rows: Iterable[History]) -> Names:
    """Name everything that changes speak of, in one question a kind."""
    return names.once(
        request,
        (
            decoded(plain)
            for row in rows
            for side in (row.before, row.after)
            for name, plain in side.items()
            if name not in besides
        ),
    )


def changes(of: RecordType, row: History, known: Names) -> list[Change]:
    """The fields that changed, in the order of the record type; a field that is gone goes by its code."""
    fields = catalogue.current().of(of)
    hidden = catalogue.whole().of(of).keys() - fields.keys()
    order = {name: place for place, name in enumerate(fields)}
    changed = sorted({*row.before, *row.after}, key=lambda name: order.get(name, len(order)))
    return [
        _change(name, fields.get(name), row, known)
        for name in changed
        if name not in hidden and not _is_noise(name, row, fields)
    ]


def _is_noise(name: str, row: History, fields: Mapping[str, Field]) -> bool:
    """A title that follows from other fields is no change of its own; nor is the pipeline that a stage brings."""
    field = fields.get(name)
    return (name == "pipeline" and row.kind != events.CHANGED) or bool(field and field.read_only and len(row.after) > 1)


def _change(name: str, field: Field | None, row: History, known: Names) -> Change:
    if (beside := besides.get(name)) is not None and field is None:
        was_said, became_said = beside.words(row.before.get(name), row.after.get(name))
        return Change(name, str(beside.title), was_said, became_said, can_undo=True)
    was, became = decoded(row.before.get(name)), decoded(row.after.get(name))
    can_undo = row.kind == events.CHANGED and field is not None and not field.read_only and name != "pipeline"
    return Change(
        name, str(field.title) if field else name, _text(field, was, known), _text(field, became, known), can_undo
    )


def _text(field: Field | None, value: Value, known: Names) -> str:
    if values.is_empty(value):
        return ""
    return wording.text(field, value, known) if field else str(value)


def decoded(plain: Any) -> Value:
    """The value that history holds."""
    return values.decode(plain)


def icon(row: History) -> str:
    """The sign of a change that no person made by hand."""
    return CAUSES.get(row.cause.get("door", ""), ICONS.get(row.kind, "pencil"))


def by_hand(row: History) -> bool:
    """Tell whether a person made it on a screen."""
    return row.by_id is not None and row.cause.get("door") not in CAUSES


def through(row: History) -> str:
    """From where a change came, if not from a screen."""
    door = row.cause.get("door", "")
    if door == INSTANCE:
        return gettext("process “%(title)s”") % {
            "title": words.inside(row.cause.get("title") or row.cause.get("definition", ""))
        }
    if door == IMPORT and row.cause.get("title"):
        return gettext("by import of “%(title)s”") % {"title": words.inside(row.cause["title"])}
    said = {REST: gettext("over REST"), IMPORT: gettext("by import"), COMMAND: gettext("by a command")}
    return said.get(door, "")


def whole(row: History) -> str:
    """What happened to the record as a whole; nothing if only fields changed."""
    said = {
        events.ADDED: gettext("The record was created"),
        events.REMOVED: gettext("The record went to the trash"),
        events.RESTORED: gettext("The record was taken out of the trash"),
    }
    return said.get(row.kind, "")


def listed(told: Sequence[Change]) -> str:
    """Which fields changed, by their titles."""
    return ", ".join(one.title for one in told)
