"""A quiet line on the form of a new record: somebody with this phone, mail, tax number or name is there already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from potok.kit.errors import FORBIDDEN, Refused
from potok.kit.permissions import permissions
from potok.records import catalogue
from potok.records.duplicates import finding, keys
from potok.records.duplicates.web.words import shared
from potok.records.record_types import RecordType, record_types
from potok.records.screens import fields, rights, rows
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.shapes import Found


@require_POST
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the records that are like what is typed so far; nothing is written."""
    if not rights.may(request, of.may("add")):
        raise FORBIDDEN(permission=permissions[of.may("add")].title)
    found = finding.alike(of, typed(request, of), by=request.user.pk)
    lines = []
    for one in found:
        its = record_types[one.record.type]
        lines.append(Found(one.title, rows.address(its, one.record.id), its.icon, shared(one.why), drawer=True))
    return answers.draw(request, "duplicates/hint.html", {"lines": lines})


def typed(request: HttpRequest, of: RecordType) -> dict[str, Any]:
    """The values that stand in the form; what cannot be read yet is left out."""
    values: dict[str, Any] = {}
    for name, field in catalogue.current().of(of).items():
        if name in request.POST and (keys.sort_of(field) or of.titled):
            try:
                values[name] = field.read(fields.posted(field, request.POST))
            except Refused:
                continue
    return values | ({"title": of.titled(values)} if of.titled else {})
