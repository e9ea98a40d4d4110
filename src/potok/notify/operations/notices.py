"""Notices: sent to people, seen by them."""

from collections.abc import Sequence
from dataclasses import dataclass

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import MISSING, Refused
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.notify import rules
from potok.notify.events import NoticeSent
from potok.notify.models import Notice
from potok.notify.permissions import NAME_SENDER, SEND
from potok.people import public as people

# What is said of a muted place lies among the notices as read at once, and goes no further; being called by name does.
INSERT = """
INSERT INTO notify_notice (to_id, by_id, kind, text, outside, why, url, record_type, record_id, sent_at, route_at,
                           seen_at)
SELECT n.*, n.at, CASE WHEN n.kind <> 'mention' AND EXISTS (
    SELECT FROM notify_muted m WHERE m.person_id = n.person AND m.url = n.url) THEN n.at END
FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
            %b::bigint[], %b::timestamptz[]) n(person, by, kind, text, outside, why, url, record_type, record_id, at)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told to one person."""

    to: int
    by: int | None
    text: str
    outside: str
    kind: str
    why: str
    url: str
    record_type: str
    record_id: int | None


def _keep(rows: Sequence[tuple[Call, Message]]) -> list[int | Refused]:
    known = people.by_id(message.to for _, message in rows)
    kept = [(call, message) for call, message in rows if message.to in known]
    # One statement, one order: RETURNING answers in the order of the arrays.
    made = iter([row[0] for row in sets.execute(INSERT, [_columns(*row) for row in kept])] if kept else [])
    return [_told(call, message, next(made)) if message.to in known else _nobody(message) for call, message in rows]


@operation("notify.notice.send", needs=SEND, many=_keep)
def send(
    call: Call,
    *,
    to: int,
    text: str,
    outside: str = "",
    sender: int | None = None,
    kind: str = "",
    why: str = "",
    url: str = "",
    record_type: str = "",
    record_id: int | None = None,
) -> Message:
    """Tell one person something, and answer with the id of the notice.

    On the site at once; further as he wishes and as he can be reached, there as `outside` if that is given. `why` says
    why he is told, `url` leads to the place. The parts send as the system: `call.by_system()`. In the name of `sender`
    sends only who may; anybody else sends in his own.
    """
    rules.check_text(text)
    rules.check_url(url)
    return Message(to, _sender(call, sender), text.strip(), outside.strip(), kind, why, url, record_type, record_id)


@operation("notify.notice.see", needs="")
def see(call: Call, *, notice: int) -> None:
    """Mark one's own notice as read."""
    found = Notice.objects.filter(pk=notice).first()
    if found is None:
        raise MISSING(id=notice)
    if call.by not in (None, found.to_id):
        raise rules.NOT_YOURS()
    if Notice.objects.filter(pk=notice, seen_at=None).update(seen_at=call.at):
        touch("person", found.to_id)


@operation("notify.notice.see_all", needs="")
def see_all(call: Call) -> int:
    """Mark all one's own notices as read, and answer with how many there were."""
    if call.by is None:
        return 0
    seen = Notice.objects.filter(to=call.by, seen_at=None).update(seen_at=call.at)
    if seen:
        touch("person", call.by)
    return seen


def _columns(call: Call, message: Message) -> tuple[object, ...]:
    return (
        message.to,
        message.by,
        message.kind,
        message.text,
        message.outside,
        message.why,
        message.url,
        message.record_type,
        message.record_id,
        call.at,
    )


def _sender(call: Call, sender: int | None) -> int | None:
    may = sender is not None and (call.by is None or people.may(call.by, permission=NAME_SENDER))
    return sender if may else call.author


def _told(call: Call, message: Message, notice: int) -> int:
    announce(NoticeSent(call=call, notice=notice, to=message.to, text=message.text, url=message.url))
    touch("person", message.to)
    return notice


def _nobody(message: Message) -> Refused:
    return rules.NOBODY(place="to", person=message.to)
