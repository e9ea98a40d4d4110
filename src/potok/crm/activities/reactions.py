"""What follows when an activity changed: the inbox of whoever is to do it, a notice to him, the cards it stands on.

Each reaction looks at the rows as they are now, so doing it twice changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from potok.crm.activities import reminding
from potok.crm.activities.about import read
from potok.crm.activities.events import ActivityClosed
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.engine.values import PersonRef, decode
from potok.kit.calls import Call
from potok.kit.events import announce, reacts_to, touch
from potok.notify.public import notices, waiting
from potok.people import public as people
from potok.records.events import ADDED, REMOVED, RecordChanged
from potok.ui import words

INBOX = "activity"
Asked = tuple[Call, dict[str, Any]]


def key(activity: int) -> str:
    """The key of an activity's row in the inbox."""
    return f"{INBOX}:{activity}"


@reacts_to(RecordChanged)
def keep_inbox(happened: Sequence[RecordChanged]) -> None:
    """Let what is planned wait for whoever is to do it and remind him, and what is done, gone or without a time wait no
    longer."""
    changed = _ours(happened)
    rows = Activity.objects.in_bulk({one.id for one in changed})
    calls = {one.id: one.call.by_system() for one in changed}
    left: list[Asked] = [
        (one.call.by_system(), {"key": key(one.id), "person": was}) for one in changed if (was := _was(one))
    ]
    closed: list[Asked] = [(calls[row.pk], {"key": key(row.pk)}) for row in rows.values() if not row.waits]
    opened: list[Asked] = [(calls[row.pk], _waiting(row)) for row in rows.values() if row.waits]
    _close(changed, rows)
    if rows:
        reminding.arm(rows.values(), call=changed[-1].call)
    if left or closed:
        waiting.close.many([*left, *closed])
    if opened:
        waiting.open_.many(opened)


@reacts_to(RecordChanged)
def tell(happened: Sequence[RecordChanged]) -> None:
    """Tell a person that somebody else planned something for him."""
    given = [one for one in _ours(happened) if "responsible" in one.after and one.responsible != one.call.author]
    rows = Activity.objects.in_bulk({one.id for one in given})
    persons = people.by_id(id for one in given for id in (one.responsible, one.call.author) if id)
    asked = [
        (one.call.by_system(), _notice(one.call, rows[one.id], persons))
        for one in given
        if one.id in rows and rows[one.id].waits and one.responsible in persons
    ]
    if asked:
        notices.send.many(asked)


@reacts_to(RecordChanged)
def show(happened: Sequence[RecordChanged]) -> None:
    """Draw the cards anew on which the activities stand."""
    changed = _ours(happened)
    rows = Activity.objects.in_bulk({one.id for one in changed})
    for ref in {ref for row in rows.values() for ref in row.refs()} | set(_left(changed)):
        touch(ref.type, ref.id)


def _ours(happened: Sequence[RecordChanged]) -> list[RecordChanged]:
    return [one for one in happened if one.type == of.name]


def _left(changed: Iterable[RecordChanged]) -> Iterable[Any]:
    return (read(str(one)) if isinstance(one, str) else one for each in changed for one in _refs(each))


def _refs(one: RecordChanged) -> Sequence[Any]:
    value = decode(one.before.get("about"))
    return value if isinstance(value, tuple) else ()


def _was(one: RecordChanged) -> int | None:
    """From whom it was taken."""
    value = decode(one.before.get("responsible"))
    return value.id if one.kind != ADDED and isinstance(value, PersonRef) else None


def _close(changed: Sequence[RecordChanged], rows: Mapping[int, Activity]) -> None:
    """Tell once of each that it was done, or put into the trash, just now."""
    done = {one.id: one for one in changed if one.after.get("done_at") or one.kind == REMOVED}
    for id, one in done.items():
        if (row := rows.get(id)) and (row.done_at or row.removed_at):
            removed = row.removed_at is not None
            announce(ActivityClosed(call=one.call, activity=id, result=row.result, removed=removed))


def _waiting(row: Activity) -> dict[str, Any]:
    refs = row.refs()
    return {
        "person": row.responsible_id,
        "key": key(row.pk),
        "kind": INBOX,
        "title": row.title,
        "url": address(row),
        "record_type": refs[0].type if refs else "",
        "record_id": refs[0].id if refs else None,
        "due_at": row.starts_at,
    }


def _notice(call: Call, row: Activity, persons: dict[int, Any]) -> dict[str, Any]:
    to = persons[row.responsible_id or 0]
    with translation.override(to.language):
        who = str(persons[call.author]) if call.author in persons else gettext("The system")
        text = gettext("%(who)s: activity for you “%(title)s”, %(when)s") % {
            "who": who,
            "title": words.inside(row.title),
            "when": words.moment(row.starts_at) if row.starts_at else "",
        }
        why = gettext("You are responsible for it")
    return {
        "to": to.pk,
        "text": text,
        "why": why,
        "kind": of.name,
        "url": address(row),
        "record_type": of.name,
        "record_id": row.pk,
    }


def address(row: Activity) -> str:
    """The card of an activity."""
    return f"/{of.path}/{row.pk}/"
