"""What the cards of a board say of the processes that run on their records."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from potok.engine.values import RecordRef
from potok.kit import clock
from potok.processes.models import Instance
from potok.processes.web import reading, records, words
from potok.records.public import Line

# Of several that run on one record the card speaks of the one that needs people most.
FIRST = ("incident", "person", "wait", "timer", "run")


def lines(request: HttpRequest, refs: Sequence[RecordRef]) -> Mapping[RecordRef, Line]:
    """Say where the process on each record stands, for all cards at once.

    Whoever sees the record sees that a process runs on it.
    """
    types, ids = {ref.type for ref in refs}, {ref.id for ref in refs}
    found = Instance.objects.filter(record_type__in=types, record_id__in=ids, ended_at=None)
    live = reading.runs(found.select_related("definition").order_by("pk"), journal=False)
    said: dict[RecordRef, Line] = {}
    for run in sorted(live, key=lambda run: FIRST.index(words.state(run)), reverse=True):
        if ref := records.ref_of(run.instance):
            text = words.brief(run, reader=request.user.pk, now=clock.now())
            said[ref] = Line(text, state=words.state(run))
    return said
