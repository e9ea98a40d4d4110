"""What people are told when work goes over and comes back: one notice for all of it, not one for each thing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from potok.absences.models import Passed
from potok.absences.passing import Gone
from potok.kit.calls import Call
from potok.notify.public import notices
from potok.people import public as people
from potok.people.public import Person
from potok.ui import words

KIND = "absence"


def tell(call: Call, *, gone: Sequence[Gone], back: Sequence[Passed]) -> None:
    """Tell those who stand in what came to them, and those who are back what is theirs again."""
    known = people.by_id({one.to for one in gone} | {one.held.person for one in gone} | {one.owner_id for one in back})
    came: dict[tuple[int, int], list[Gone]] = defaultdict(list)
    for one in gone:
        came[one.to, one.held.person].append(one)
    mine: dict[int, list[Passed]] = defaultdict(list)
    for row in back:
        mine[row.owner_id].append(row)
    asked = [_came(known[to], known[was], those) for (to, was), those in came.items() if {to, was} <= known.keys()]
    asked += [_back(known[owner], rows) for owner, rows in mine.items() if owner in known]
    if asked:
        notices.send.many([(call.by_system(), each) for each in asked])


def _came(to: Person, was: Person, those: Sequence[Gone]) -> dict[str, Any]:
    with translation.override(to.language):
        said = {"who": str(was), "title": words.inside(those[0].held.title), "count": len(those)}
        text = ngettext(
            "You stand in for %(who)s: “%(title)s” waits for you now",
            "You stand in for %(who)s: %(count)d things wait for you now",
            len(those),
        )
        url = those[0].held.url if len(those) == 1 else "/inbox/"
        return {
            "to": to.pk,
            "text": text % said,
            "why": _("You are the deputy."),
            "kind": KIND,
            "url": url or "/inbox/",
        }


def _back(to: Person, rows: Sequence[Passed]) -> dict[str, Any]:
    with translation.override(to.language):
        text = ngettext(
            "You are back: “%(title)s” is yours again", "You are back: %(count)d things are yours again", len(rows)
        )
        said = {"title": words.inside(rows[0].title), "count": len(rows)}
        why = _("Others stood in for you while you were away.")
        return {"to": to.pk, "text": text % said, "why": why, "kind": KIND, "url": reverse("absences:mine")}
