"""What goods put into the shell: the tabs with lines and with prices, and the rates among the settings."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.crm.goods import queries
from potok.crm.goods.carriers import carriers
from potok.crm.goods.prices import RATES
from potok.crm.goods.record import price_list, product
from potok.crm.goods.web import lines, prices
from potok.people import public as people
from potok.records import public as records
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    records.rate_sources.add("goods", queries.rates)
    slots.card_tabs.add(
        slots.CardTab(name="lines", title=_("Goods"), draw=lines.draw, order=15, count=_count, visible=_has_lines)
    )
    slots.card_tabs.add(
        slots.CardTab(
            name="prices",
            title=_("Prices"),
            draw=prices.draw,
            order=15,
            types=frozenset({product.name}),
            visible=lambda request, record: people.may(request.user.pk, permission=price_list.may("see")),
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="rates",
            title=_("Rates of currencies"),
            icon="banknote",
            url="goods:rates",
            group=_("Company"),
            order=830,
            visible=lambda request: people.may(request.user.pk, permission=RATES),
        )
    )


def _has_lines(request: HttpRequest, record: Any) -> bool:
    return record.record_type in carriers


def _count(request: HttpRequest, record: Any) -> int | None:
    return queries.count(record.ref) or None
