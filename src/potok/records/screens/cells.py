"""One cell of a list: its editor, and what stands there after the change."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.records import catalogue, writing
from potok.records.fields import Field
from potok.records.keeping import Clash
from potok.records.models import History
from potok.records.record_types import RecordType
from potok.records.screens import editing, facts, fields, names, rows
from potok.records.screens.facts import Card
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast

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
    answer = HttpResponse(format_html("<span>{}</span>", shown.html))
    return answer if record.revision == card.row.revision else _offers_back(request, answer, card, edited)


def _offers_back(request: HttpRequest, answer: HttpResponse, card: Card, edited: Field) -> HttpResponse:
    """Say what was changed, with the way back that stands in the history of the record, too."""
    mine = History.objects.filter(record_type=card.of.name, record_id=card.row.pk, by=request.user.pk)
    entry = mine.filter(after__has_key=edited.name).first()
    if entry is None:
        return answer
    undo = f"{card.url('history_undo', entry.pk, edited.name)}?stay=1"
    return answers.say(request, answer, Toast(gettext("Changed: %(field)s") % {"field": edited.title}, undo=undo))
