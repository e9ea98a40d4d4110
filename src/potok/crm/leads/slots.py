"""What leads put into the shell: the button that converts one, the page of public forms."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.crm.leads.permissions import FORMS
from potok.crm.leads.record import lead as of
from potok.crm.leads.web import conversion
from potok.people import public as people
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.card_tools.add(
        slots.CardTab(
            name="convert", title=_("Convert"), draw=conversion.button, types=frozenset({of.name}), order=5,
            visible=conversion.is_offered,
        )
    )  # fmt: skip
    slots.rail.add(
        slots.RailEntry(
            "web_forms",
            _("Public forms"),
            "square-pen",
            "leads:forms",
            group=_("Company"),
            order=830,
            visible=_keeps_forms,
        )
    )


def _keeps_forms(request: HttpRequest) -> bool:
    return people.may(request.user.pk, permission=FORMS)
