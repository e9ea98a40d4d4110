"""Guests of an event: invited by whoever writes into its calendar; each accepts or declines for himself."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.calendar import access, rules, wording
from potok.calendar.models import Event, Guest
from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.notify.public import notices, waiting
from potok.people import public as company
from potok.people.public import Person
from potok.ui import words

KIND = "invitation"


@operation("calendar.guests.set", needs="")
def invite(call: Call, *, event: Event, persons: Sequence[int]) -> list[int]:
    """Say who is invited, all of them; answers those who are new. Whoever was invited before keeps his answer.

    Each new one is told and asked once; who is not invited any more finds the event no longer.
    """
    access.check_write(call, event=event)
    wanted = dict.fromkeys(one for one in persons if one != event.person_id)
    if len(wanted) > rules.GUESTS_MAX:
        raise rules.TOO_MANY_GUESTS(place="guests", limit=rules.GUESTS_MAX)
    known = company.by_id(wanted)
    there = set(Guest.objects.filter(event=event).values_list("person", flat=True))
    new = [one for one in wanted if one in known and known[one].is_active and one not in there]
    gone = there - wanted.keys()
    Guest.objects.filter(event=event, person__in=gone).delete()
    Guest.objects.bulk_create([Guest(event=event, person_id=one) for one in new])
    _ask(call, event, [known[one] for one in new])
    system = call.by_system()
    if gone:
        waiting.close.many([(system, {"key": key(event), "person": one}) for one in gone])
    for one in (*new, *gone):
        events.touch("calendar", one)
    return new


@operation("calendar.guests.answer", needs="")
def answer(call: Call, *, event: Event, accepts: bool) -> Guest:
    """Accept or decline an invitation of one's own; the last word counts."""
    said = rules.ACCEPTED if accepts else rules.DECLINED
    mine = Guest.objects.filter(event=event, person=call.by)
    if call.by is None or not mine.update(answer=said, answered_at=call.at):
        raise rules.NOT_INVITED()
    waiting.close(call.by_system(), key=key(event), person=call.by)
    events.touch("calendar", call.by)
    events.touch("calendar", event.person_id)
    return mine.get()


def key(event: Event) -> str:
    """Under which it lies in inboxes."""
    return f"{KIND}:{event.pk}"


def busy(event: Event, persons: Sequence[int]) -> set[int]:
    """Who of these people is away then, or has something else at the time; whole days keep nobody busy."""
    away = set(company.absent(persons=list(persons), at=event.begins_at))
    near = (
        Event.objects.between(event.begins_at, event.ends_at)
        .filter(whole_day=False, calendar=None)
        .exclude(pk=event.pk)
    )
    met = [one for one in near.filter(person__in=persons) if _meets(one, event)]
    return away | {one.person_id for one in met}


def _meets(one: Event, event: Event) -> bool:
    return not one.repeats or bool(one.times(event.begins_at - (one.ends_at - one.begins_at), event.ends_at))


def _ask(call: Call, event: Event, persons: Sequence[Person]) -> None:
    if not persons:
        return
    author = company.by_id([event.person_id]).get(event.person_id)
    system = call.by_system()
    asked = [(one, _words(event, author, one)) for one in persons]
    waiting.open_.many(
        [
            (system, {"person": one.pk, "key": key(event), "kind": KIND, "title": text, "url": _url(event),
                      "due_at": event.begins_at})
            for one, text in asked
        ]
    )  # fmt: skip
    notices.send.many([(system, {"to": one.pk, "text": text, "why": _why(one), "kind": KIND, "url": _url(event)})
                       for one, text in asked])  # fmt: skip


def _url(event: Event) -> str:
    return reverse("calendar:card", args=[event.pk])


def _words(event: Event, author: Person | None, to: Person) -> str:
    with translation.override(to.language), timezone.override(to.zone):
        said = {"who": str(author or ""), "title": words.inside(event.title), "when": wording.when(event)}
        return _("%(who)s invites you: “%(title)s”, %(when)s") % said


def _why(to: Person) -> str:
    with translation.override(to.language):
        return _("You are invited.")
