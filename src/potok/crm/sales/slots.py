"""What sales put into the shell: papers are drawn up on the card of a deal, issued and paid on their own."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.crm.sales.numbers import NUMBERED, SETTINGS
from potok.crm.sales.record import invoice
from potok.crm.sales.web import payments, tools
from potok.people import public as people
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    types = frozenset({*NUMBERED, "crm.deal"})
    slots.card_tools.add(slots.CardTab(name="papers", title=_("Papers"), draw=tools.draw, types=types, order=50))
    slots.card_tabs.add(
        slots.CardTab(
            name="payments",
            title=_("Payments"),
            draw=payments.draw,
            order=16,
            types=frozenset({invoice.name}),
            count=payments.count,
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="sales_settings",
            title=_("Numbers and payments"),
            icon="receipt",
            url="sales:settings",
            group=_("Company"),
            order=825,
            visible=_may_settle,
        )
    )


def _may_settle(request: HttpRequest) -> bool:
    return people.may(request.user.pk, permission=SETTINGS)
