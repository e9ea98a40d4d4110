"""The form that plans an activity, or writes down one that has been done already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.crm.activities import about, rules
from potok.crm.activities.record import activity as of
from potok.engine.values import RecordRef
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, Refused
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option

REMINDER = 15  # of what is planned by hand people are reminded, unless they say otherwise


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Draw the form, or add the activity that it describes."""
    if not people.may(request.user.pk, permission=of.may("add")):
        raise FORBIDDEN(permission=permissions[of.may("add")].title)
    if request.method == "GET":
        return answers.draw(request, "activities/form.html", _blank(request))
    with opened(request.user.pk, door=SCREEN) as call:
        values = _typed(request)
        if request.POST.get("done"):
            values["done_at"] = call.at
        row: Any = records.verbs[of.name].add(call, values=values)
    said = Toast(gettext("The activity is written down") if row.is_done else gettext("The activity is planned"))
    if not answers.by_script(request):
        return answers.go(request, f"/{of.path}/{row.pk}/", toast=said)
    return answers.made(answers.done(request, said), type=of.name, id=row.pk, title=row.title)


def _typed(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    kind = given.get("kind", rules.CALL)
    day, hour, until = given.get("day", ""), given.get("hour", ""), given.get("until", "")
    return {
        # What needs no words is called after its kind.
        "title": given.get("title", "").strip() or gettext(rules.KINDS.get(kind, "")),
        "kind": kind,
        "direction": given.get("direction", ""),
        "starts_at": f"{day} {hour or '09:00'}" if day else "",
        "ends_at": f"{day} {until}" if day and until else "",
        "responsible": given.get("responsible", ""),
        "remind_minutes": given.get("remind", "") if day else "",
        "text": given.get("text", ""),
        "result": given.get("result", ""),
        "about": given.getlist("about"),
    }


def _blank(request: HttpRequest) -> dict[str, Any]:
    refs = _asked(request)
    titles = records.titles(refs, by=request.user.pk)
    return {
        "kinds": [(name, gettext(title), rules.ICONS[name]) for name, title in rules.KINDS.items()],
        "directions": [(name, gettext(title)) for name, title in rules.DIRECTIONS.items()],
        "chosen": rules.CALL,
        "reminders": [(str(minutes), gettext(title)) for minutes, title in rules.REMINDERS.items()],
        "reminder": str(REMINDER),
        "responsible": [Option(str(request.user.pk), str(request.user), face=request.user)],
        "links": [(about.spelled(ref), titles[ref], records.type_named(ref.type)) for ref in refs if ref in titles],
    }


def _asked(request: HttpRequest) -> list[RecordRef]:
    """The records of the address, and those that they link to: what is planned on a deal concerns its client too."""
    asked = [one for text in request.GET.getlist("about") if (one := _read(text))]
    loaded = records.load(asked)
    linked = [value for ref in asked if ref in loaded for value in _links(loaded[ref])]
    return list(dict.fromkeys([*asked, *linked]))


def _links(row: records.Record) -> list[RecordRef]:
    fields = records.type_named(row.record_type).fields
    values = (field.of(row) for field in fields if isinstance(field, records.fields.Link))
    return [value for value in values if isinstance(value, RecordRef)]


def _read(text: str) -> RecordRef | None:
    try:
        value = about.About("about", "").read([text])
    except Refused:
        return None
    return value[0] if isinstance(value, tuple) and value and isinstance(value[0], RecordRef) else None
