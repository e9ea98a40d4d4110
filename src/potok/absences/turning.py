"""The loop of absences: those that begin and end are marked, and work goes over and comes back.

Everything happens in one transaction that only one worker at a time enters; a crash is a rollback, and the next round
finds the same. What began and what ended stands in the rows, so that no change of the clock does anything twice.
"""

import logging

from django.db.models import F

from potok.absences import passing, telling
from potok.kit import clock, ids, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.kit.events import announce, gathered, touch
from potok.kit.loops import OUTAGE, rounds
from potok.people.events import AbsenceBegan, AbsenceEnded
from potok.people.public import Absence

# Whoever does not get it lets the other worker do the round.
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('absences.turning'))"
log = logging.getLogger(__name__)


@rounds("absences", rest_seconds=3.0)
def look_after() -> int:
    """Make a round; one that fails is left to the next."""
    try:
        return serve()
    except OUTAGE:
        raise
    except Exception:
        log.exception("Absences could not be looked after")
        return 0


def serve() -> int:
    """Make one round; answers how many things went over or came back."""
    with gathered():
        if sets.execute(ALONE).fetchone() != (True,):
            return 0
        call = Call(None, clock.now(), ids.new_key(), Cause(CLOCK))
        _end(call)
        _begin(call)
        back = passing.give_back(call)
        gone = passing.pass_over(call)
        telling.tell(call, gone=gone, back=back)
        return len(gone) + len(back)


def _begin(call: Call) -> None:
    due = Absence.objects.approved().filter(began_at=None, begins_at__lte=call.at, ends_at__gt=call.at)
    for one in due.order_by("pk"):
        if Absence.objects.filter(pk=one.pk, began_at=None).update(began_at=call.at):
            announce(AbsenceBegan(call=call, absence=one.pk, person=one.person_id))
            touch("person", one.person_id)


def _end(call: Call) -> None:
    # One that was over before any round saw it has neither begun nor ended for anybody.
    Absence.objects.approved().filter(began_at=None, ends_at__lte=call.at).update(
        began_at=F("begins_at"), ended_at=F("ends_at")
    )
    due = Absence.objects.going_on().filter(ends_at__lte=call.at)
    for one in due.order_by("pk"):
        if Absence.objects.filter(pk=one.pk, ended_at=None).update(ended_at=call.at):
            announce(AbsenceEnded(call=call, absence=one.pk, person=one.person_id))
            touch("person", one.person_id)
