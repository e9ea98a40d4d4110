"""Absences that are asked for wait in the inboxes of heads; what a dismissed person leaves finds somebody."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.absences import days, kinds, passing, telling
from potok.kit.events import reacts_to
from potok.notify.public import notices, waiting
from potok.people import public as people
from potok.people.events import AbsenceAsked, AbsenceDecided, AbsenceRemoved, PersonDismissed
from potok.people.public import Absence, standing_in


def key(absence: int) -> str:
    """Under which it lies in inboxes."""
    return f"absence:{absence}"


@reacts_to(AbsenceAsked)
def ask(happened: Sequence[AbsenceAsked]) -> None:
    """Put what is asked for into the inbox of the head, or of whoever stands in for him."""
    rows = Absence.objects.filter(pk__in=[one.absence for one in happened]).select_related("person")
    absences = {row.pk: row for row in rows}
    heads = {row.person_id: people.head_of(person=row.person_id) for row in rows}
    away = set(standing_in.away().filter(pk__in=[head for head in heads.values() if head]).values_list("pk", flat=True))
    instead = standing_in.candidates(away, load={})
    for one in happened:
        head = heads.get(one.person)
        # Whoever stands in has to be able to decide: one of the heads further up.
        able = [head, *instead.get(head or 0, ())] if head not in away else list(instead.get(head or 0, ()))
        to = next((each for each in able if each and _decides(absences[one.absence], by=each)), head)
        if to:
            waiting.open_(one.call.by_system(), **_line(absences[one.absence], people.person(to)))


def _decides(absence: Absence, *, by: int) -> bool:
    return people.absences.may_decide(absence, by=by)


def _line(absence: Absence, to: people.Person) -> dict[str, Any]:
    with translation.override(to.language), timezone.override(to.zone):
        said = {"who": str(absence.person), "kind": kinds.title(absence.kind).lower(), "when": days.told(absence)}
        return {
            "person": to.pk,
            "key": key(absence.pk),
            "kind": "absence",
            "title": _("%(who)s asks: %(kind)s, %(when)s") % said,
            "subtitle": absence.note,
            "url": reverse("absences:card", args=[absence.pk]),
            "due_at": absence.begins_at,
        }


@reacts_to(AbsenceDecided)
def decided(happened: Sequence[AbsenceDecided]) -> None:
    """Take it out of the inbox, and tell who asked."""
    absences = Absence.objects.select_related("person", "decided_by").in_bulk([one.absence for one in happened])
    _close((one.call, one.absence) for one in happened)
    notices.send.many([(one.call.by_system(), _answer(absences[one.absence])) for one in happened])


def _answer(absence: Absence) -> dict[str, Any]:
    to = absence.person
    with translation.override(to.language), timezone.override(to.zone):
        said = {"kind": kinds.title(absence.kind), "when": days.told(absence)}
        text = _("Approved: %(kind)s, %(when)s") if absence.status == "approved" else _("Declined: %(kind)s, %(when)s")
        comment = f". {absence.comment}" if absence.comment else ""
        return {
            "to": to.pk,
            "text": text % said + comment,
            "why": _("You asked to be away."),
            "kind": telling.KIND,
            "url": reverse("absences:card", args=[absence.pk]),
        }


@reacts_to(AbsenceRemoved)
def removed(happened: Sequence[AbsenceRemoved]) -> None:
    """Nobody is asked about what is not there any more."""
    _close((one.call, one.absence) for one in happened)


@reacts_to(PersonDismissed)
def left(happened: Sequence[PersonDismissed]) -> None:
    """Let what a dismissed person holds go to those who would stand in for him."""
    call = happened[0].call
    telling.tell(call, gone=passing.leave(call, {one.person for one in happened}), back=())


def _close(asked: Any) -> None:
    waiting.close.many([(call.by_system(), {"key": key(absence)}) for call, absence in asked])
