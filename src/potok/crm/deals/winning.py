"""A deal that is won stands in the feed, for those who see the deal."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from potok.crm.deals.models import Deal
from potok.crm.deals.record import deal
from potok.engine.values import RecordRef
from potok.feed import public as feed
from potok.feed.public import Told
from potok.kit.events import reacts_to
from potok.records import public as records
from potok.records.events import CHANGED, RecordChanged
from potok.records.public import Stage

WON = "crm.deal.won"
IS_WON = Q(stage__kind=Stage.WON)


def fill() -> None:
    """Let deals that are won be told; once, at start-up."""
    feed.happenings.add(WON, feed.Happening(WON, "circle-check-big", reached=_reached, tell=_tell))


@reacts_to(RecordChanged)
def note(happened: Sequence[RecordChanged]) -> None:
    """Put deals into the feed that were moved to a stage on which they are won; each once."""
    moved = {
        one.id: one.call for one in happened if one.type == deal.name and one.kind == CHANGED and "stage" in one.after
    }
    won = Deal.objects.filter(IS_WON, pk__in=moved).values_list("pk", flat=True) if moved else ()
    for id in won:
        feed.note(moved[id], kind=WON, subjects=[id])


def _reached(by: int) -> QuerySet[Deal]:
    seen = records.access.reach(by, deal, "see").narrows()
    return Deal.objects.filter(IS_WON, seen, removed_at=None)


def _tell(request: HttpRequest, ids: Collection[int]) -> Mapping[int, Told]:
    titles = records.titles([RecordRef(deal.name, id) for id in ids], by=request.user.pk)
    return {
        ref.id: Told(gettext("A deal is won"), title, url=f"/{deal.path}/{ref.id}/")
        for ref, title in titles.items()
        if title
    }
