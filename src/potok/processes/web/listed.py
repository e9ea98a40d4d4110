"""The list of definitions: found by words, record type and state; how many run, what failed, who changed it last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from potok.people import public as people
from potok.processes.models import Definition, Incident, Instance
from potok.processes.permissions import EDIT_GLOBALS
from potok.processes.web import definitions
from potok.records import public as records
from potok.ui import answers

STATES: Mapping[str, Q] = {
    "all": Q(),
    "published": Q(version__isnull=False, is_active=True),
    "draft": ~Q(draft="") & (Q(version=None) | ~Q(draft=F("version__source"))),
    "off": Q(version__isnull=False, is_active=False),
}
NOWHERE = "-"  # how the address says: those that run on no record


@dataclass(frozen=True)
class Row:
    """One definition, with what happens to it."""

    definition: Definition
    of: str
    icon: str
    running: int
    failures: int
    is_drawn_on: bool


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the list of definitions."""
    definitions.need_edit(request)
    asked = _asked(request.GET)
    found = _found(asked)
    rows = list(_rows(found.select_related("version", "changed_by", "version__published_by").order_by("title", "pk")))
    context = {
        "rows": rows,
        "views": [(title, _url(asked | {"state": name}), name == asked["state"]) for name, title in _states().items()],
        "asked": asked,
        "types": _types(),
        "none_at_all": not rows and not Definition.objects.exists(),
        "may_globals": people.may(request.user.pk, permission=EDIT_GLOBALS),
    }
    return answers.draw(request, "processes/definitions.html", context)


def button(request: HttpRequest, of: records.RecordType) -> str:
    """Draw the way from the settings of a record type to the processes on its records."""
    return render_to_string("processes/_of_type.html", {"url": _url({"type": of.name})}, request)


def _asked(given: QueryDict) -> dict[str, str]:
    state = given.get("state", "")
    return {
        "q": given.get("q", "").strip(),
        "type": given.get("type", ""),
        "state": state if state in STATES else "all",
    }


def _found(asked: Mapping[str, str]) -> QuerySet[Definition]:
    found = Definition.objects.filter(STATES[asked["state"]])
    for word in asked["q"].split():
        found = found.filter(Q(title__icontains=word) | Q(code__icontains=word) | Q(version__source__icontains=word))
    if asked["type"]:
        found = found.filter(record_type="" if asked["type"] == NOWHERE else asked["type"])
    return found


def _rows(found: QuerySet[Definition]) -> Iterator[Row]:
    running = _counted(Instance.objects.filter(ended_at=None))
    failures = _counted(Incident.objects.filter(resolved_at=None))
    for one in found:
        declared = records.record_types.get(one.record_type)
        yield Row(
            definition=one,
            of=str(declared.titles[1]) if declared else one.record_type,
            icon=declared.icon if declared else "",
            running=running.get(one.pk, 0),
            failures=failures.get(one.pk, 0),
            is_drawn_on=bool(one.draft) and (one.version is None or one.draft != one.version.source),
        )


def _counted(found: QuerySet[Any]) -> dict[int, int]:
    return dict(found.values_list("definition").annotate(Count("pk")).order_by())


def _types() -> list[tuple[str, str]]:
    used = Definition.objects.order_by().values_list("record_type", flat=True).distinct()
    declared = ((name, records.record_types.get(name)) for name in used)
    titled = [(name, str(each.titles[1]) if each else name) for name, each in declared if name]
    return [*sorted(titled, key=lambda each: each[1]), (NOWHERE, _("On no record"))]


def _states() -> dict[str, str]:
    return {
        "all": _("All definitions"),
        "published": _("Those in force"),
        "draft": _("With a draft"),
        "off": _("Those switched off"),
    }


def _url(asked: Mapping[str, str]) -> str:
    return f"{reverse('processes:definitions')}?{_query(asked)}"


def _query(asked: Mapping[str, str]) -> str:
    made = QueryDict(mutable=True)
    made.update({name: value for name, value in asked.items() if value and value != "all"})
    return made.urlencode()
