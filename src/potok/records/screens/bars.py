"""What stands above a list and a board alike: views, layouts, search, filter, columns, and what it all comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from potok.records import catalogue
from potok.records.fields import Field, MoneyField
from potok.records.models import Records
from potok.records.operations.views import SHARE
from potok.records.record_types import RecordType
from potok.records.screens import filter_rows, phrases, rights
from potok.records.screens.asked import BOARD, LIST, MINE, Asked
from potok.ui import words


@dataclass(frozen=True)
class Tab:
    """A view that can be chosen."""

    title: str
    url: str
    current: bool
    changed: bool


@dataclass(frozen=True)
class Totals:
    """How many records there are, and what they are worth in each currency."""

    count: int
    sums: dict[str, Decimal]

    def text(self) -> str:
        """«Всего 19, 4 278 400 ₽»."""
        counted = gettext("%(count)s in all") % {"count": words.number(self.count)}
        return ", ".join(filter(None, [counted, self.worth()]))

    def worth(self) -> str:
        """«4 278 400 ₽», currencies joined by a plus."""
        return " + ".join(words.money(total, currency) for currency, total in self.sums.items() if total)


def money_field(of: RecordType) -> MoneyField | None:
    """The field whose sum stands beside counts: the type's own first amount."""
    return next((one for one in of.declared().values() if isinstance(one, MoneyField)), None)


def totals(of: RecordType, rows: Records) -> Totals:
    """Count and add up, in one question."""
    money = money_field(of)
    plain = rows.select_related(None).order_by()
    if money is None:
        return Totals(plain.count(), {})
    amount, currency = money.columns
    grouped = list(plain.values_list(currency).annotate(Count("pk"), Sum(amount)))
    return Totals(sum(count for _, count, _ in grouped), {name: total or Decimal(0) for name, _, total in grouped})


def context(request: HttpRequest, asked: Asked, found: Totals) -> dict[str, Any]:
    """What the templates of the bars need."""
    known = phrases.names_in(asked.of, asked.now.filter, by=request.user.pk)
    return {
        "asked": asked,
        "of": asked.of,
        "totals": found,
        "tabs": _tabs(asked),
        "layouts": _layouts(asked),
        "chips": phrases.chips(asked, known),
        "filter_rows": filter_rows.rows(asked, known),
        "filter_fields": filter_rows.offered(asked.of),
        "reset_url": asked.url(view=asked.view),
        "empty_url": asked.url(view=""),
        "search_params": [pair for pair in asked.params() if pair[0] != "q"],
        "column_params": [pair for pair in asked.params() if pair[0] != "columns"],
        "filter_params": asked.params(),
        "may_add": rights.may(request, asked.of.may("add")),
        "may_share": rights.may(request, SHARE),
        "may_save": may_save(request, asked),
        "add_url": f"{reverse('records:list', args=[asked.of])}new",
    }


def may_save(request: HttpRequest, asked: Asked) -> bool:
    """Tell whether the chosen view is one that the person keeps."""
    saved = asked.saved
    return saved is not None and (saved.owner_id == asked.person or rights.may(request, SHARE))


def _tabs(asked: Asked) -> list[Tab]:
    always = [("", gettext("All")), (MINE, pgettext("view", "Mine"))]
    kept = [(str(one.pk), one.title) for one in asked.views]
    return [
        Tab(title, asked.url(view=name), name == asked.view, name == asked.view and asked.is_changed)
        for name, title in [*always, *kept]
    ]


def _layouts(asked: Asked) -> Sequence[tuple[str, str, str, bool]]:
    """Layouts of the same state, with a pipeline: icon, title, address, whether it is this one."""
    if not asked.of.pipeline:
        return ()
    shown = [(BOARD, "square-kanban", gettext("Board")), (LIST, "table-2", gettext("Table"))]
    return [(icon, title, asked.url(layout=name), name == asked.layout) for name, icon, title in shown]


def columns(asked: Asked) -> list[tuple[Field, bool]]:
    """Every field that can be a column, the chosen ones first and in their order, each with whether it is chosen."""
    chosen = asked.columns
    rest = [one for one in catalogue.current().of(asked.of).values() if one not in chosen and not one.hidden]
    return [*((one, True) for one in chosen), *((one, False) for one in rest)]
