"""People's clocks, and the page of the record."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from potok.engine.expr.date_format import formatted
from potok.engine.expr.expression import Context
from potok.engine.problems import _
from potok.engine.values import MOMENT, NUMBER, PERSON, TEXT, YES_NO, PersonRef, on_clock

from .declared import function, may, needs

DAY_AND_HOUR = "d.m.Y H:i"


@function(
    "touserdate",
    _("The moment as the person's own clock shows it, by a format such as d.m.Y H:i."),
    needs("person", PERSON),
    needs("moment", MOMENT),
    may("format", TEXT),
    gives=TEXT,
    context=True,
)
def on_own_clock(context: Context, person: PersonRef, at: datetime, form: str = DAY_AND_HOUR) -> str:
    zone = context.ask(_("time zone")).zone(person)
    return formatted(at, form, context, language=context.language, clock=ZoneInfo(zone))


@function(
    "getuserdateoffset",
    _("By how many seconds the person's clock is ahead of the definition's now."),
    needs("person", PERSON),
    gives=NUMBER,
    context=True,
)
def ahead(context: Context, person: PersonRef) -> int:
    own = ZoneInfo(context.ask(_("time zone")).zone(person))
    offsets = [on_clock(context.at, clock).utcoffset() for clock in (own, context.clock)]
    seconds = [int(offset.total_seconds()) if offset else 0 for offset in offsets]
    return seconds[0] - seconds[1]


@function(
    "getdocumenturl",
    _("The address of the record's page: plain, or as a link with its title in the form bb or html."),
    may("form", TEXT),
    may("external", YES_NO),
    gives=TEXT,
    context=True,
)
def page(context: Context, form: str = "plain", external: bool = True) -> str:
    # The address is always a full one: where a text will be read is not known here.
    outside = context.ask(_("page"))
    url = outside.page()
    match form.lower() if url else "plain":
        case "bb":
            return f"[url={url}]{outside.title().replace('[', '(').replace(']', ')')}[/url]"
        case "html":
            return f'<a href="{escape(url)}">{escape(outside.title())}</a>'
        case _:
            return url
