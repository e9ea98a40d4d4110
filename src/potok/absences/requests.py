"""What is asked for waits for whoever decides; while he is away, for one who may decide in his place."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from potok.absences import days, kinds
from potok.kit.calls import Call
from potok.notify.public import Waiting, waiting
from potok.people import public as people
from potok.people.public import Absence, standing_in

KIND = "absence"
LEVELS_MAX = 50


def register() -> None:
    """Register once, at start-up."""
    standing_in.works.add(
        "absence", standing_in.Work("absence", gettext_lazy("Absences"), held=_held, hand=_hand, sees_to_leavers=False)
    )


def key(absence: int) -> str:
    """Under which it lies in inboxes."""
    return f"{KIND}:{absence}"


def open_(call: Call, absence: Absence, *, to: int) -> None:
    """Put what is asked for into the inbox of whoever decides."""
    waiting.open_(call.by_system(), **_line(absence, people.person(to)))


def _line(absence: Absence, to: people.Person) -> dict[str, Any]:
    with translation.override(to.language), timezone.override(to.zone):
        said = {"who": str(absence.person), "kind": kinds.title(absence.kind).lower(), "when": days.told(absence)}
        return {
            "person": to.pk,
            "key": key(absence.pk),
            "kind": KIND,
            "title": _("%(who)s asks: %(kind)s, %(when)s") % said,
            "subtitle": absence.note,
            "url": reverse("absences:card", args=[absence.pk]),
            "due_at": absence.begins_at,
        }


def _held(persons: Collection[int]) -> list[standing_in.Held]:
    rows = Waiting.objects.filter(kind=KIND, person__in=persons, closed_at=None).order_by("pk")
    asked = {int(row.key.partition(":")[2]): row for row in rows}
    found = Absence.objects.filter(pk__in=asked).order_by("pk")
    everybody = set(people.active().values_list("pk", flat=True)) if asked else set()
    return [
        standing_in.Held(
            id=one.pk,
            person=asked[one.pk].person_id,
            title=asked[one.pk].title,
            url=asked[one.pk].url,
            barred=frozenset(everybody - _deciders(one.person_id)),
        )
        for one in found
    ]


def _deciders(person: int) -> set[int]:
    """The heads above a person, and administrators."""
    found = set(people.active().filter(is_administrator=True).exclude(pk=person).values_list("pk", flat=True))
    head = people.head_of(person=person)
    for _level in range(LEVELS_MAX):
        if head is None or head == person:
            break
        found.add(head)
        head = people.head_of(person=head)
    return found


def _hand(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
    went = set()
    absences = Absence.objects.select_related("person").in_bulk([one.id for one in handings])
    for one in handings:
        if one.id in absences and waiting.close(call, key=key(one.id), person=one.was):
            open_(call, absences[one.id], to=one.now)
            went.add(one.id)
    return went
