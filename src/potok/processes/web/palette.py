"""Processes in the palette: those that may be started by hand, on the record whose card is open or on none."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from potok.engine.values import RecordRef
from potok.processes.web import definitions
from potok.records.public import searching
from potok.ui.shapes import Found


def offer(request: HttpRequest, record: RecordRef | None) -> Iterable[Found]:
    """Offer a line for each."""
    for each in [record, None] if record else [None]:
        ref = f"?record={each.type}:{each.id}" if each else ""
        for one in definitions.startable(request.user.pk, record_type=each.type if each else "", record=each):
            title = _("Start: %(what)s") % {"what": one.title}
            yield Found(title, f"{reverse('processes:start', args=[one.pk])}{ref}", "play", drawer=True)


searching.offers.add("processes", offer)
