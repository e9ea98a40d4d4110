"""The loop of the search: it learns words, and writes all entries anew where they were written by other rules."""

import threading
from functools import partial

from django.db import transaction

from potok.kit.loops import loop, make_rounds
from potok.records import catalogue
from potok.records.search import indexing, learning
from potok.records.search.kinds import kinds, source
from potok.records.search.models import Built, Entry

RULES = 1  # to be raised with every change of what stands in an entry
BATCH = 1_000


@loop("search")
def run(stop: threading.Event) -> None:
    """Keep up until told to stop, in the middle of writing all anew too."""
    make_rounds(stop, partial(serve, stop), name="search", rest_seconds=3.0)


def serve(stop: threading.Event) -> int:
    """Do what is to be done at once; answers how much there was."""
    if not Built.objects.filter(pk=1, rules=RULES).exists():
        rebuild(stop)
    return learning.learn()


def rebuild(stop: threading.Event | None = None) -> int:
    """Write all entries anew and forget what is gone; answers how many there are. Search goes on meanwhile."""
    count = 0
    for kind in kinds():
        count += _rebuild(kind, stop)
    if stop is None or not stop.is_set():
        Entry.objects.exclude(kind__in=kinds()).delete()
        Built.objects.update_or_create(pk=1, defaults={"rules": RULES})
        while learning.learn():
            pass
    return count


def _rebuild(kind: str, stop: threading.Event | None) -> int:
    last, count = 0, 0
    while stop is None or not stop.is_set():
        with transaction.atomic(), catalogue.remembered():
            # Locked, so that nobody writes a newer entry between our reading and our writing.
            rows = source(kind).all().filter(pk__gt=last).order_by("pk")
            ids = list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)[:BATCH])
            if not ids:
                Entry.objects.filter(kind=kind).exclude(object__in=source(kind).all().order_by().values("pk")).delete()
                return count
            indexing.keep({kind: ids})
            last, count = ids[-1], count + len(ids)
    return count
