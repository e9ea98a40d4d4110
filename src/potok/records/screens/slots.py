"""What records put into the shell: a line of the rail and one of the menu «Создать» for each type."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.records.record_types import RecordType, for_every_type
from potok.records.screens import rights
from potok.ui import slots

GROUP = _("Sales")
# In the order in which people look for them; other types follow by their names.
ORDER = ("crm.deal", "crm.company", "crm.contact")


def offer(of: RecordType) -> None:
    """Put a type into the rail and into the menu, for those who may see it and add to it."""
    place = ORDER.index(of.name) if of.name in ORDER else len(ORDER)
    home = f"/{of.path}/"
    slots.rail.add(
        slots.RailEntry(
            of.name,
            of.titles[1],
            of.icon,
            home,
            group=GROUP,
            order=200 + place,
            # The phone has room for one type: the one that people work with all day.
            phone=2 if of.name == ORDER[0] else 0,
            visible=_allowed(of.may("see")),
        )
    )
    slots.create.add(
        slots.MenuEntry(
            of.name, of.titles[0], of.icon, f"{home}new", order=10 + place, drawer=True, visible=_allowed(of.may("add"))
        )
    )


def _allowed(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: rights.may(request, permission)


for_every_type(offer)
