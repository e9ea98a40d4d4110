"""What activities put into the shell: lines of the tab «Дела», their kind of inbox line, the next step on a board."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.calendar.public import places
from potok.crm.activities import dated, queries, rules
from potok.crm.activities.record import activity as of
from potok.crm.activities.web import card, shapes
from potok.engine.values import RecordRef
from potok.notify.public import inbox
from potok.people import public as people
from potok.records.public import Line, next_steps
from potok.tasks import public as tasks
from potok.ui import slots, words

NEXT_MAX = 200


def fill() -> None:
    """Register once, at start-up."""
    tasks.places.sources.add(
        tasks.places.Source(
            name="activities", lines=shapes.lines, count=shapes.open_count, offers=shapes.offers, order=20
        )
    )
    slots.card_tops.add(
        slots.CardTab(name="activity", title=_("Activity"), draw=card.top, types=frozenset({of.name}), order=10)
    )
    inbox.kinds.add(
        "activity",
        inbox.Kind(
            name="activity",
            title=of.titles[1],
            icon=of.icon,
            order=15,
            draw=card.detail,
            subtitle=card.subtitles,
        ),
    )
    next_steps.add("activities", next_lines)
    planned = places.Source(name="activities", title=of.titles[1], between=dated.between, inbox="activity", order=10)
    places.sources.add(planned)


def next_lines(request: HttpRequest, refs: Sequence[RecordRef]) -> Mapping[RecordRef, Line]:
    """The next thing that is planned on each record: «Позвонить, завтра в 10:00»."""
    if not refs or not people.may(request.user.pk, permission=of.may("see")):
        return {}
    planned: dict[RecordRef, list[Line]] = defaultdict(list)
    for row in queries.planned(refs, by=request.user.pk).exclude(starts_at=None)[:NEXT_MAX]:
        line = Line(
            f"{row.title}, {words.moment(row.starts_at)}",
            icon=rules.ICONS.get(row.kind, of.icon),
            late=words.is_late(row.starts_at),
        )
        for ref in row.refs():
            planned[ref].append(line)
    return {ref: planned[ref][0] for ref in refs if planned[ref]}
