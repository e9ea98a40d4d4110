"""Things are handed on together; where one of them cannot go, it stays and delays no other."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError

from potok.kit.calls import Call
from potok.kit.events import savepoint
from potok.people.public import standing_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went over, and what failed and is tried again by the next round."""

    went: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)


def hand(call: Call, work: standing_in.Work, handings: Sequence[standing_in.Handing], why: str) -> Outcome:
    """Hand things of one kind on; what fails is undone and told in the log."""
    if not handings:
        return Outcome()
    try:
        with savepoint():
            return Outcome(work.hand(call.by_system(), handings, why))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if len(handings) == 1:
            log.exception("%s %s cannot be handed on", work.name, handings[0].id)
            return Outcome(failed={handings[0].id})
    each = [hand(call, work, [one], why) for one in handings]
    return Outcome({id for one in each for id in one.went}, {id for one in each for id in one.failed})
