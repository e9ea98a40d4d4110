"""The table of a list as a file: what the screen shows, all of it, as far as the person may take it away."""

import tempfile
from collections.abc import Iterator
from typing import IO, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from potok.kit import clock
from potok.kit.errors import MISSING
from potok.records import conditions
from potok.records.exchange import export
from potok.records.record_types import RecordType
from potok.records.screens import asked
from potok.records.screens.screen import screen

IN_MEMORY = 1_000_000


@require_GET
@screen
def write(request: HttpRequest, of: RecordType, form: str) -> HttpResponse:
    """Answer all that the list shows, as a file."""
    shown = asked.read(request, of, layout=asked.LIST)
    rows = export.reachable(of, shown.rows(), by=request.user.pk).order_by(*conditions.order(of, shown.now.sort))
    return answer(export.lines(rows, shown.columns, by=request.user.pk), form, of.plural)


def answer(table: Iterator[export.Line], form: str, title: str) -> HttpResponse:
    """Answer a table as a file; it is written to the disk first, so that memory does not grow with it."""
    if form not in export.FORMS:
        raise MISSING(id=form)
    to_file, content_type = export.FORMS[form]
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 (the answer closes it)
    to_file(table, file)
    file.seek(0)
    name = f"{title} {clock.now():%Y-%m-%d}.{form}"
    return cast("HttpResponse", FileResponse(file, as_attachment=True, filename=name, content_type=content_type))
