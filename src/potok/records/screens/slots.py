"""What records put into the shell: a line of the rail and one of the menu «Создать» for each type."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.records import catalogue
from potok.records.record_types import RecordType, record_types
from potok.records.screens import rights
from potok.ui import slots

SALES, PAPERS, DESIGNED = _("Sales"), _("Goods and papers"), _("Lists")
# What people work with all day, in the order in which they look for it; other types follow by their names.
ORDER = ("crm.lead", "crm.deal", "crm.company", "crm.contact", "crm.activity")
KEYS = {"crm.lead": "KeyL", "crm.deal": "KeyD", "crm.company": "KeyO", "crm.contact": "KeyK", "crm.activity": "KeyE"}
# The phone has room for one type: the one that people work with all day.
PHONE = "crm.deal"


def place(of: RecordType) -> int:
    """Where a type stands among the types, in the rail and elsewhere."""
    return ORDER.index(of.name) if of.name in ORDER else len(ORDER)


def _rail() -> Iterator[slots.RailEntry]:
    catalogue.current()  # another process may have designed a type since
    for of in record_types.all().values():
        yield slots.RailEntry(
            of.name,
            of.titles[1],
            of.icon,
            f"/{of.path}/",
            group=DESIGNED if of.is_designed else SALES if of.name in ORDER else PAPERS,
            order=(300 if of.is_designed else 200) + place(of),
            phone=2 if of.name == PHONE else 0,
            key=KEYS.get(of.name, ""),
            visible=_allowed(of.may("see")),
        )


def _menu() -> Iterator[slots.MenuEntry]:
    for of in record_types.all().values():
        order = (30 if of.is_designed else 10) + place(of)
        visible = _allowed(of.may("add"))
        yield slots.MenuEntry(of.name, of.titles[0], of.icon, f"/{of.path}/new", order, drawer=True, visible=visible)


def _allowed(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: rights.may(request, permission)


slots.rail.fed_by(_rail)
slots.create.fed_by(_menu)
