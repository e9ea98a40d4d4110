"""Works carried on in the background, so many lines at a time.

A batch is a transaction: it begins where the one before has ended, so that whatever happens between is nobody's loss.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from potok.kit import clock, viewing
from potok.kit.events import gathered, touch
from potok.kit.loops import OUTAGE, make_rounds
from potok.records import catalogue
from potok.records.works.models import Work
from potok.records.works.rules import BUSY, ENDS, State

BATCH = 1_000
W = TypeVar("W", bound=Work)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Carrier(Generic[W]):
    """Carries the works of one kind: what is done with lines in each state, and by which attribute lines are in order.

    carrier = Carrier(Import, {State.RUNNING: write, …}, line="number")
    loop("imports")(carrier.run)
    """

    model: type[W]
    acts: Mapping[State, Callable[[W, Sequence[Any]], None]]
    line: str = "pk"

    def run(self, stop: threading.Event) -> None:
        """Carry works on until told to stop."""
        make_rounds(stop, self.serve, name=self._what, rest_seconds=1.0)

    def run_until_idle(self, *, batches: int = 1_000) -> int:
        """Carry on until nothing is left to do; answers how many batches it took. For tests and demos."""
        return next((count for count in range(batches) if not self.serve()), batches)

    def serve(self) -> int:
        """Carry one batch of one work; answers how many there were, one or none."""
        of = None
        try:
            # What reacts to a batch at its end asks for the stamp of the catalogue no oftener than the batch itself.
            with catalogue.remembered(), gathered():
                if of := self._next():
                    self.carry(of)
        except OUTAGE:
            raise
        except Exception:
            log.exception("%s %s could not be carried on", self._what, of and of.pk)
            with gathered():
                self._fail(of)
        return 1 if of else 0

    def carry(self, of: W) -> None:
        """Carry out the next lines in the transaction of the caller; few are thereby done at once."""
        lines = list(of.lines.filter(**{f"{self.line}__gt": of.place}).order_by(self.line)[:BATCH])
        if lines:
            with catalogue.remembered(), as_read_by(of.by):
                self.acts[State(of.state)](of, lines)
            of.place = getattr(lines[-1], self.line)
        if len(lines) < BATCH:
            of.state, of.place, of.ended_at = ENDS[State(of.state)], 0, clock.now()
        of.save(update_fields=["state", "place", "ended_at"])
        touch(of.topic, of.pk)

    def _next(self) -> W | None:
        rows = self.model.objects.select_for_update(skip_locked=True, of=("self",)).filter(state__in=BUSY)
        found: W | None = rows.order_by("place", "pk").select_related("by").first()
        return found

    def _fail(self, of: W | None) -> None:
        """What cannot be carried on stands still, until its owner lets it go on or takes it back."""
        if of is None:
            return
        now = self.model.objects.select_for_update().get(pk=of.pk)
        if now.state in BUSY:
            now.state = State.MAPPING if now.state == State.CHECKING else State.STOPPED
            now.save(update_fields=["state"])
            touch(now.topic, now.pk)

    @property
    def _what(self) -> str:
        return str(self.model._meta.verbose_name_plural)  # noqa: SLF001 (Django's public face of a model)


@contextmanager
def as_read_by(person: Any) -> Iterator[None]:
    """Only what the person may know of is read; dates are meant in his zone, and problems told in his language."""
    with viewing.shown_to(person.pk), translation.override(person.language), timezone.override(ZoneInfo(person.zone)):
        yield
