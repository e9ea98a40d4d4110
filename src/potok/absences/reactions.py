"""Absences that are asked for wait in the inboxes of heads; what a dismissed person leaves finds somebody."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.absences import days, kinds, passing, requests, telling
from potok.kit.events import reacts_to
from potok.notify.public import notices, waiting
from potok.people import public as people
from potok.people.events import AbsenceAsked, AbsenceDecided, AbsenceRemoved, PersonDismissed
from potok.people.public import Absence


@reacts_to(AbsenceAsked)
def ask(happened: Sequence[AbsenceAsked]) -> None:
    """Put what is asked for into the inbox of the head; while he is away it goes over like other work."""
    absences = Absence.objects.select_related("person").in_bulk([one.absence for one in happened])
    for one in happened:
        head = people.head_of(person=one.person)
        if isinstance(head, int):
            requests.open_(one.call, absences[one.absence], to=head)


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
    waiting.close.many([(call.by_system(), {"key": requests.key(absence)}) for call, absence in asked])
