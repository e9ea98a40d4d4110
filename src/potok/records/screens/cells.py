"""One cell of a list: its editor, and what stands there after the change."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.records import catalogue, writing
from potok.records.keeping import Clash
from potok.records.record_types import RecordType
from potok.records.screens import editing, facts, fields, names, rows
from potok.records.screens.screen import screen

PASTED = "pasted"


@require_http_methods(["GET", "POST"])
@screen
def cell(request: HttpRequest, of: RecordType, id: int, name: str) -> HttpResponse:
    """Give the control of a field, or keep what was typed or pasted and answer the cell."""
    card = facts.load(request, of, id)
    edited = catalogue.current().field(of, name)
    if request.method == "GET":
        value = edited.of(card.row)
        drawn = fields.control(of, edited, value, names.of_values([value], by=card.reader), label=False)
        return HttpResponse(drawn + editing.render_seen(edited, value))
    try:
        if PASTED in request.POST:
            with opened(request.user.pk, door="screen") as call:
                writing.verbs[of.name].change(call, record=card.row, values={name: request.POST[PASTED]})
        else:
            editing.keep(request, card, edited)
    except Clash as clash:
        return editing.clashed(request, card, edited, clash)
    record = facts.load(request, of, id).row
    shown = rows.drawn(of, [record], [edited], by=request.user.pk)[0].cells[0]
    return HttpResponse(format_html("<span>{}</span>", shown.html))
