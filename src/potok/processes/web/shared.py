"""Global variables and constants: the list, and the form of each."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.engine import values
from potok.engine.graph import Declaration
from potok.engine.values import Type
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import FORBIDDEN
from potok.people import public as people
from potok.processes.models import Shared
from potok.processes.operations import shared
from potok.processes.permissions import EDIT_GLOBALS
from potok.processes.shared import KINDS, declaration, type_of
from potok.processes.web import asked
from potok.processes.web.shown import Shown
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    one: Shared
    type: str
    value: str


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Draw all of them, variables and constants apart."""
    _need_edit(request)
    shown = Shown("", reader=request.user.pk)
    found = [Row(one, _type(type_of(one)), shown.plain("", values.decode(one.value))) for one in Shared.objects.all()]
    return answers.draw(
        request,
        "processes/shared.html",
        {
            "groups": [
                (_("Variables"), _("Processes read and set them."), _of(found, Shared.VARIABLE)),
                (_("Constants"), _("Processes only read them."), _of(found, Shared.CONSTANT)),
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Declare one. Its value follows, since the form for it depends on the type."""
    _need_edit(request)
    if request.method == "GET":
        return answers.draw(request, "processes/shared_new.html", _choices())
    kind, _colon, of = request.POST.get("kind", "text").partition(":")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = shared.add(
            call,
            name=request.POST.get("name", "").strip(),
            title=request.POST.get("title", ""),
            kind=kind,
            of=of,
            multiple=bool(request.POST.get("multiple")),
            constant=request.POST.get("source") == Shared.CONSTANT,
        )
    return answers.go(request, reverse("processes:global", args=[made.pk]))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Give it another title and value."""
    _need_edit(request)
    one = shared.one(id)
    field = asked.of_parameters([_named(declaration(one))])[0]
    if request.method == "GET":
        context = {
            "one": one,
            "field": field,
            "type": _type(type_of(one)),
            "reference": f"{{={one.source}:{one.name}}}",
        }
        return answers.draw(request, "processes/shared_one.html", context)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        value = asked.read(call, request.POST, request.FILES, [field])[field.name]
        shared.change(call, one=one, title=request.POST.get("title", ""), value=value)
    return answers.go(request, reverse("processes:globals"), toast=Toast(_("The value is changed")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Remove it."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        shared.remove(call, one=shared.one(id))
    return answers.go(request, reverse("processes:globals"), toast=Toast(_("It is removed")))


def _of(rows: list[Row], source: str) -> list[Row]:
    return [row for row in rows if row.one.source == source]


def _named(declared: Declaration) -> Declaration:
    """The value goes by one name in the form, whatever the variable is called."""
    return replace(declared, name="value", title=_("Value"))


def _type(type: Type) -> str:
    return _(values.title(type))


def _choices() -> dict[str, object]:
    kinds = [(kind, _(values.title(Type(kind)))) for kind in KINDS if kind != "record"]
    kinds += [(f"record:{name}", str(each.title)) for name, each in records.record_types.all().items()]
    return {"kinds": kinds, "sources": [(Shared.VARIABLE, _("Variable")), (Shared.CONSTANT, _("Constant"))]}


def _need_edit(request: HttpRequest) -> None:
    if not people.may(request.user.pk, permission=EDIT_GLOBALS):
        raise FORBIDDEN(permission=_("Declare global variables and constants"))
