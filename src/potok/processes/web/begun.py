"""What begins processes, in words: triggers, and why something started or did not."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from potok.engine import values
from potok.engine.graph import On, Trigger
from potok.engine.time.schedule import LAST, Schedule
from potok.engine.values import Duration
from potok.processes.models import StartLog
from potok.processes.web.shown import Shown
from potok.ui import words


def trigger(one: Trigger, shown: Shown) -> str:
    """When a definition begins: «если «Стадия» становится «Оплачено»»."""
    said = {
        On.MANUAL: _("by hand"),
        On.CREATED: _("when a record is created"),
        On.CHANGED: _("when %(field)s changes%(values)s"),
        On.BECAME: _("when %(field)s becomes %(now)s"),
        On.LEFT: _("when %(field)s is not %(was)s any more"),
        On.STAYED: _("when %(field)s stays %(now)s for %(lasts)s")
        if one.now is not None
        else _("when %(field)s does not change for %(lasts)s"),
        On.DELETED: _("when a record is deleted"),
        On.SCHEDULE: "%(schedule)s",
        On.MESSAGE: _("on the message “%(message)s”"),
    }[one.on]
    text = said % _words(one, shown) if "%(" in said else said
    return _("%(trigger)s, under a condition") % {"trigger": text} if one.when else text


def line(row: StartLog, *, who: str, shown: Shown) -> SafeString:
    """Say in one line why a definition started on a record, or why it did not."""
    return format_html("{}, {}. {}", outcome(row.outcome, code=row.fields.get("code", "")), reason(row, shown), who)


def outcome(word: str, *, code: str = "") -> str:
    """What came of a start."""
    if word == StartLog.SKIPPED and code == "condition":
        return _("Not started: its condition did not hold")
    if word == StartLog.STOPPED and code not in GUARDS:
        return _("Not started: a failure")
    return {
        StartLog.STARTED: _("Started"),
        StartLog.SKIPPED: _("Not started: it runs on this record already"),
        StartLog.QUEUED: _("Waits until the one that runs is over"),
        StartLog.REPLACED: _("Started instead of the one that ran"),
        StartLog.STOPPED: _("Stopped: processes started each other too long or too often"),
    }[word]


GUARDS = ("processes.chain_too_long", "processes.too_many_starts", "")


def reason(row: StartLog, shown: Shown) -> str:
    """What set the start off."""
    told = row.trigger
    field = told.get("field", "")
    was, now = (values.decode(told.get(name)) for name in ("was", "now"))
    named = {
        "field": words_of(field, shown),
        "was": shown.value(field, was),
        "now": shown.value(field, now),
        "message": told.get("message", ""),
    }
    said = {
        "manual": _("by hand"),
        "created": _("because the record was created"),
        "changed": _("because %(field)s changed"),
        "became": _("because %(field)s became %(now)s"),
        "left": _("because %(field)s was not %(was)s any more"),
        "stayed": _("because %(field)s stayed %(now)s") if now is not None else _("because %(field)s did not change"),
        "deleted": _("because the record was deleted"),
        "schedule": _("by schedule"),
        "message": _("on the message “%(message)s”"),
    }.get(str(told.get("on", "")), _("by another process"))
    text = said % named if "%(" in said else said
    missed = int(told.get("missed", 0) or 0)
    if not missed:
        return text
    more = ngettext("for %(count)s missed moment too", "for %(count)s missed moments too", missed) % {"count": missed}
    return f"{text}, {more}"


def words_of(field: str, shown: Shown) -> str:
    """A field in quotation marks; the record itself without one."""
    return words.quoted(shown.title(field)) if field else _("the record")


def _words(one: Trigger, shown: Shown) -> dict[str, str]:
    was = _(" from %(was)s") % {"was": shown.value(one.field, one.was)} if one.was is not None else ""
    now = _(" to %(now)s") % {"now": shown.value(one.field, one.now)} if one.now is not None else ""
    return {
        "field": words_of(one.field, shown),
        "was": shown.value(one.field, one.was),
        "now": shown.value(one.field, one.now),
        "values": f"{was}{now}",
        "lasts": lasts(one.lasts, working=one.working) if one.lasts else "",
        "schedule": schedule(one.schedule) if one.schedule else "",
        "message": one.message.name if one.message else "",
    }


def lasts(given: Duration, *, working: bool) -> str:
    """A length of time with its units: «3 рабочих дня»."""
    hours, rest = divmod(given.seconds, 3600)
    minutes = rest // 60
    parts = [
        ngettext("%(count)s month", "%(count)s months", given.months) % {"count": given.months} if given.months else "",
        _days(given.days, working=working) if given.days else "",
        _hours(hours, working=working) if hours else "",
        ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes} if minutes else "",
    ]
    return " ".join(filter(None, parts))


def _days(count: int, *, working: bool) -> str:
    if working:
        return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _hours(count: int, *, working: bool) -> str:
    if working:
        return ngettext("%(count)s working hour", "%(count)s working hours", count) % {"count": count}
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}


def schedule(given: Schedule) -> str:
    """When a schedule comes: «каждый день в 09:00», «каждые 2 часа»."""
    if given.once:
        return _("once, on %(moment)s") % {"moment": given.once}
    if given.cron:
        return _("by the schedule %(cron)s") % {"cron": given.cron}
    days = ", ".join(_on_days(given)) or (_("every working day") if given.working else _("every day"))
    if given.every:
        each = lasts(Duration(seconds=given.every * 60), working=False)
        return _("every %(lasts)s, %(days)s") % {"lasts": each, "days": days}
    return _("%(days)s at %(times)s") % {"days": days, "times": ", ".join(given.at)}


def _on_days(given: Schedule) -> Iterator[str]:
    named = {
        "mon": _("on Mondays"),
        "tue": _("on Tuesdays"),
        "wed": _("on Wednesdays"),
        "thu": _("on Thursdays"),
        "fri": _("on Fridays"),
        "sat": _("on Saturdays"),
        "sun": _("on Sundays"),
    }
    yield from (named[day] for day in given.days)
    dated = ", ".join(str(date) for date in given.dates if date != LAST)
    if dated:
        yield _("on the days %(dates)s of a month") % {"dates": dated}
    if LAST in given.dates:
        yield _("on the last day of a month")
