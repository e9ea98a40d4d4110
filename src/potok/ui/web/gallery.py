"""The gallery for developers: every component in every state, drawn by the product itself."""

from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from potok.ui.shapes import ClashField, Option, Stage, Step


@dataclass(frozen=True)
class Someone:
    """A made-up person: what `<c-person of>` needs of a real one."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


def components(request: HttpRequest) -> HttpResponse:
    """Draw the gallery."""
    return render(request, "ui/components.html", _samples())


def _samples() -> dict[str, object]:
    anna, olga = Someone(1, _("Anna Sokolova")), Someone(3, _("Olga Kuznetsova"))
    return {
        "anna": anna,
        "irina": Someone(4, _("Irina Vasilyeva")),
        "olga": olga,
        "two": [Someone(1, _("Igor Tikhonov")), olga],
        "states": [("person", _("Waits for Anna")), *STATES.items()],
        "steps": _steps(),
        "long_steps": [Step(_("Step %(n)s") % {"n": n}, _state(n)) for n in range(1, 13)],
        "stages": _stages(),
        "options": [Option("1", str(anna), _("free from 16:00"), face=anna), Option("2", str(olga), face=olga)],
        "clash": _clash(),
        "choices": [("a", _("Not started")), ("b", _("In work"))],
    }


STATES = MappingProxyType({"run": "", "done": "", "timer": "", "wait": "", "incident": "", "todo": "", "skip": ""})


def _state(n: int) -> str:
    return "done" if n < 6 else "person" if n == 6 else "todo"


def _steps() -> list[Step]:
    return [
        Step(_("Request"), "done"),
        Step(_("Lawyer"), "done"),
        Step(_("You"), "person"),
        Step(_("Pause"), "timer"),
        Step(_("Folder"), "todo"),
    ]


def _stages() -> list[Stage]:
    return [
        Stage(_("New"), "done", _("2 days")),
        Stage(_("Approval of the agreement"), "now", _("3 hours, usually 1 day")),
        Stage(_("Signing"), "ahead"),
        Stage(_("In force"), "ahead"),
    ]


def _clash() -> list[ClashField]:
    return [
        ClashField("sum", _("Sum"), "295 000 ₽", "310 000 ₽", "280 000 ₽"),
        ClashField("until", _("Closing"), _("24 November"), _("1 December"), _("20 November")),
    ]
