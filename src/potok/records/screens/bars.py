"""What stands above a list and a board alike: views, layouts, search, filter, columns, and what it all comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext

from potok.records import catalogue, figures, grouping, noted
from potok.records.fields import Date, Field, Moment, MoneyField
from potok.records.fields.money import CURRENCY
from potok.records.figures import Figures
from potok.records.models import Records
from potok.records.operations.views import SHARE
from potok.records.rates import Rates
from potok.records.record_types import RecordType
from potok.records.screens import filter_rows, phrases, rights
from potok.records.screens.asked import ALL, BOARD, CALENDAR, LIST, MINE, TIMELINE, Asked, compact
from potok.ui import words

APART = "apart"  # in the address: amounts of several currencies are not added up


@dataclass(frozen=True)
class Tab:
    """A view that can be chosen."""

    title: str
    url: str
    current: bool
    changed: bool


@dataclass(frozen=True)
class Totals:
    """How many records there are, and what they are worth in each currency; `columns` says what fields come to.

    Above ten thousand only that there are more, until somebody wants to know exactly.
    """

    count: int
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    is_more: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """«1 248», «10 000+»."""
        return f"{words.number(self.count)}{'+' if self.is_more else ''}"

    def text(self) -> str:
        """«Всего 19, 4 278 400 ₽»."""
        counted = gettext("%(count)s in all") % {"count": self.number}
        return ", ".join(filter(None, [counted, self.worth()]))

    def worth(self) -> str:
        """«4 278 400 ₽», currencies joined by a plus."""
        return worth(self.sums)


def worth(sums: Mapping[str, Decimal]) -> str:
    """What amounts come to in words, the currency of the company first; what is no money has no currency."""
    ordered = sorted(sums.items(), key=lambda one: (one[0] != CURRENCY, one[0]))
    said = (words.money(total, name) if name else words.number(total) for name, total in ordered if total)
    return " + ".join(said)


def money_field(of: RecordType) -> MoneyField | None:
    """The field whose sum stands beside counts: the type's own first amount."""
    return next((one for one in catalogue.current().own(of) if isinstance(one, MoneyField)), None)


def measured(of: RecordType, columns: Sequence[Field] = ()) -> list[Field]:
    """What is added up: the amount that stands beside counts, and every column that holds numbers."""
    money = money_field(of)
    chosen = [one for one in columns if figures.adds_up(one) and one != money]
    return [*([money] if money else []), *chosen]


def counted(rows: Records) -> Totals:
    """Count as far as it is cheap."""
    found = figures.counted(rows)
    return Totals(found.count, is_more=found.is_more)


def totals(of: RecordType, rows: Records, *, rates: Rates, columns: Sequence[Field] = (), exact: bool = True) -> Totals:
    """Count and add up, in one question; not exact where there are so many that it would take its time."""
    most = 0 if exact else figures.COUNT_MAX + 1
    found = figures.totals(rows, measured(of, columns), most=most)
    say = limited if most else told
    return say(of, found, rates=rates, columns=columns)


def limited(of: RecordType, found: Figures, *, rates: Rates, columns: Sequence[Field] = ()) -> Totals:
    """Figures in words; of more than ten thousand only that there are more."""
    if found.count > figures.COUNT_MAX:
        return Totals(figures.COUNT_MAX, is_more=True)
    return told(of, found, rates=rates, columns=columns)


def told(of: RecordType, found: Figures, *, rates: Rates, columns: Sequence[Field] = ()) -> Totals:
    """Figures in words; several currencies come to one by their rates."""
    money = money_field(of)
    sums = {name: rates.joined(amounts) for name, amounts in found.sums.items()}
    return Totals(
        found.count,
        sums.get(money.name, {}) if money else {},
        columns={one.name: worth(sums[one.name]) for one in columns if one.name in sums},
    )


def rates_of(shown: Asked) -> Rates:
    """The rates by which the amounts on a screen are added up, unless they are to stay apart."""
    return Rates(apart=bool(shown.more.get(APART)))


def context(request: HttpRequest, asked: Asked, found: Totals, *, rates: Rates | None = None) -> dict[str, Any]:
    """What the templates of the bars need."""
    known = phrases.names_in(asked.of, asked.now.filter, by=request.user.pk)
    return {
        "asked": asked,
        "of": asked.of,
        "totals": found,
        "rates": rates,
        "apart_url": asked.url(apart="" if rates and rates.apart else "1"),
        "tabs": _tabs(asked),
        "layouts": _layouts(asked),
        "chips": phrases.chips(asked.of, asked.now.filter, known, url=lambda given: asked.url(filter=given)),
        "filter_group": filter_rows.drawn(asked, known),
        "filter_fields": filter_rows.offered(asked.of),
        "reset_url": asked.url(view=asked.view),
        "empty_url": asked.url(view=ALL),
        "search_params": [pair for pair in asked.params() if pair[0] != "q"],
        "column_params": [pair for pair in asked.params() if pair[0] != "columns"],
        "filter_params": asked.params(),
        "may_add": rights.may(request, asked.of.may("add")),
        "may_share": rights.may(request, SHARE),
        "may_save": may_save(request, asked),
        "report_url": _report(asked),
        "teams": asked.teams if asked.is_changed else (),
        "is_default": bool(asked.saved and str(asked.saved.pk) == asked.default),
        "add_url": f"{reverse('records:list', args=[asked.of])}new",
    }


def _report(asked: Asked) -> str:
    """A report on what is on the screen."""
    said = {"type": asked.of.name, "filter": compact(asked.now.filter)}
    return f"{reverse('records:report_show')}?{urlencode(said)}"


def may_save(request: HttpRequest, asked: Asked) -> bool:
    """Tell whether the chosen view is one that the person keeps."""
    saved = asked.saved
    return saved is not None and (saved.owner_id == asked.person or rights.may(request, SHARE))


def _tabs(asked: Asked) -> list[Tab]:
    """Views that are always there, then the kept ones; each of these opens in the layout that it was kept in."""
    always = [(ALL, gettext("All")), (MINE, pgettext("view", "Mine"))]
    tabs = [Tab(title, asked.url(view=name), (asked.view or ALL) == name, False) for name, title in always]
    tabs += [
        Tab(one.title, asked.url(view=str(one.pk), layout=one.layout), one == asked.saved, False) for one in asked.views
    ]
    return [replace(one, changed=one.current and asked.is_changed) for one in tabs]


def _layouts(asked: Asked) -> Sequence[tuple[str, str, str, bool]]:
    """Layouts of the same state: icon, title, address, whether it is this one."""
    shown = [(LIST, "table-2", gettext("Table"))]
    if asked.of.pipeline:
        shown.insert(0, (BOARD, "square-kanban", gettext("Board")))
    if days(asked.of):
        shown += [(CALENDAR, "calendar", gettext("Calendar")), (TIMELINE, "chart-gantt", gettext("Timescale"))]
    if len(shown) == 1:
        return ()
    return [
        (icon, title, asked.url(layout=name, group="") if name != asked.layout else asked.here, name == asked.layout)
        for name, icon, title in shown
    ]


def days(of: RecordType) -> list[Field]:
    """The fields that put a record onto a day, those of the type first."""
    return [
        one for one in noted.fields(of).values() if isinstance(one, Date | Moment) and not (one.multiple or one.hidden)
    ]


def groups(asked: Asked) -> list[tuple[str, str, bool]]:
    """By what a list can be put together: address, title, whether it is so now; the first one by nothing."""
    now = str(asked.group or "")
    offered: list[tuple[str, str]] = []
    for one in grouping.offered(asked.of):
        if isinstance(one, Date | Moment):
            offered += [
                (f"{one.name}:{unit}", f"{one.title}, {gettext(grouping.UNITS[unit])}") for unit in ("month", "week")
            ]
        else:
            offered.append((one.name, str(one.title)))
    return [
        (asked.url(group=""), pgettext("group", "Not grouped"), not now),
        *((asked.url(group=name), title, name == now) for name, title in offered),
    ]


def columns(asked: Asked) -> list[tuple[Field, bool]]:
    """Every field that can be a column, the chosen ones first and in their order, each with whether it is chosen."""
    chosen = asked.columns
    rest = [one for one in noted.fields(asked.of).values() if one not in chosen and not one.hidden]
    return [*((one, True) for one in chosen), *((one, False) for one in rest)]
