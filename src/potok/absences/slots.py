"""What absences put into the shell: a line of the rail, «Absence» in the menu «Create», a line in the inbox."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.absences.web import card
from potok.calendar.public import places
from potok.notify.public import inbox
from potok.ui import slots


def _works_here(request: HttpRequest) -> bool:
    return not getattr(request.user, "is_external", True)


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            "absences", _("Absences"), "palmtree", "absences:chart", group=_("Company"), order=803, visible=_works_here
        )
    )
    slots.create.add(
        slots.MenuEntry("absence", _("Absence"), "palmtree", "absences:new", order=70, drawer=True, visible=_works_here)
    )
    inbox.kinds.add(
        "absence",
        inbox.Kind(name="absence", title=_("Absences"), icon="palmtree", order=30, draw=card.detail, acts=card.ACTS),
    )
    places.sources.add(
        places.Source(name="absences", title=_("Absences"), between=card.between, tone=places.PLANNED, inbox="absence")
    )
    slots.me.add(
        slots.MenuEntry(
            "workday", _("My working day"), "alarm-clock", "/workday/", order=11, drawer=True, visible=_works_here
        )
    )
    slots.me.add(
        slots.MenuEntry(
            "absences", _("My absences and deputies"), "palmtree", "/absences/mine", order=12, visible=_works_here
        )
    )
