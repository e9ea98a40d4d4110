"""Why? on a record: what its changes have started and what not, what time will start, what a value would start."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from potok.engine.graph import Declaration
from potok.engine.values import RecordRef, Value, WrongType, coerce
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes import outside, queries, rules
from potok.processes.judging import Failed, Part
from potok.processes.models import StartLog
from potok.processes.permissions import EDIT
from potok.processes.queries import Looked, Seen
from potok.processes.queries.why import CONDITION, FAILED, GUARD, OFF, OWN
from potok.processes.watching import Miss
from potok.processes.web import asked, begun, records
from potok.processes.web.shown import Shown
from potok.ui import answers

STAGE = "stage"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the page of a record."""
    ref = _record(request)
    shown = Shown(ref.type, reader=request.user.pk)
    context = {
        "record": records.links([ref])[ref],
        "code": f"{ref.type}:{ref.id}",
        "ahead": [(one, begun.trigger(one.trigger, shown)) for one in queries.ahead(ref)],
        "seen": [_seen(one, shown, open=_may_look(request)) for one in queries.looked(ref)],
        **_would(request, ref, shown),
    }
    return answers.draw(request, "processes/why.html", context)


@require_GET
def would(request: HttpRequest) -> HttpResponse:
    """Draw what would start if a field of the record got the value that was chosen."""
    ref = _record(request)
    shown = Shown(ref.type, reader=request.user.pk)
    context = {"code": f"{ref.type}:{ref.id}", **_would(request, ref, shown)}
    return answers.draw(request, "processes/_would.html", context)


def _record(request: HttpRequest) -> RecordRef:
    """The record of the address, if the reader may see it."""
    kind, _colon, number = request.GET.get("record", "").rpartition(":")
    if not kind or not number.isdecimal() or not outside.is_known(kind):
        raise MISSING(id=number or 0)
    ref = RecordRef(kind, int(number))
    outside.seen(ref, by=request.user.pk)
    return ref


def _may_look(request: HttpRequest) -> bool:
    """Conditions may look at records behind links; who writes definitions sees what they see."""
    return people.may(request.user.pk, permission=EDIT)


def _seen(seen: Seen, shown: Shown, *, open: bool) -> dict[str, Any]:
    told = [_looked(one, shown, open=open) for one in seen.looked]
    return {
        "at": seen.at,
        "who": seen.process or seen.by,
        "what": _changed(seen, shown),
        "missed": [one for one in told if one["missed"] and not one["far"]],
        "far": [one for one in told if one["far"]],
        "started": [one for one in told if not one["missed"]],
    }


def _changed(seen: Seen, shown: Shown) -> list[tuple[str, str, str]]:
    """The fields that changed, with both values; a new record has no values before."""
    if seen.kind == "added":
        return [(_("The record was created"), "", "")]
    return [
        (
            shown.title(name),
            shown.plain(name, seen.before.get(name)) or _("empty"),
            shown.plain(name, value) or _("empty"),
        )
        for name, value in seen.after.items()
        if name in shown.fields
    ]


def _looked(one: Looked, shown: Shown, *, open: bool, would: bool = False) -> dict[str, Any]:
    return {
        "title": one.title,
        "trigger": begun.trigger(one.trigger, shown),
        "missed": one.missed,
        "far": one.missed in (Miss.UNTOUCHED, Miss.OTHER_EVENT),
        "state": "skip" if one.missed in (GUARD, OWN, OFF) else "todo" if one.missed else "done",
        "instance": one.instance,
        "sentence": _sentence(one, shown, would=would),
        "parts": [_part(part, shown, open=open) for part in one.parts] if one.missed in (CONDITION, FAILED) else [],
    }


def _sentence(one: Looked, shown: Shown, *, would: bool) -> str:
    field = one.trigger.field
    named = {
        "field": begun.words_of(field, shown),
        "found": shown.value(field, one.found),
        "was": shown.value(field, one.trigger.was),
        "now": shown.value(field, one.trigger.now),
    }
    said = {
        CONDITION: _("The condition does not hold."),
        FAILED: _("The condition could not be worked out."),
        OWN: _("The process made this change itself, and such changes do not start it."),
        OFF: _("It was switched off at that moment."),
        Miss.OTHER_AFTER: _("%(field)s became %(found)s, and %(now)s is wanted."),
        Miss.OTHER_BEFORE: _("%(field)s was %(found)s before, and %(was)s is wanted."),
        Miss.UNTOUCHED: _("%(field)s did not change."),
    }.get(one.missed)
    if said is not None:
        return str(said % named if "%(" in said else said)
    return _would_be(one.outcome) if would else one.sentence or begun.outcome(one.outcome)


def _would_be(outcome: str) -> str:
    return {
        StartLog.STARTED: _("Would start"),
        StartLog.SKIPPED: _("Would not start: it runs on this record already"),
        StartLog.QUEUED: _("Would wait until the one that runs is over"),
        StartLog.REPLACED: _("Would start instead of the one that runs"),
    }[outcome]


def _part(part: Part, shown: Shown, *, open: bool) -> dict[str, Any]:
    references = [reference for reference, _value in part.values]
    return {
        "holds": part.holds is True,
        "text": shown.formula(part.text, references),
        "problem": part.holds.sentence if isinstance(part.holds, Failed) else "",
        "values": [
            (shown.formula(reference, [reference]), shown.plain(_field(reference), value) or _("empty"))
            for reference, value in part.values
            if open or "." not in reference
        ],
    }


def _field(reference: str) -> str:
    """The field whose value a reference gives, as far as it is one of the record's own."""
    path = reference.removesuffix("}").partition(":")[2]
    return "" if "." in path else path


def _would(request: HttpRequest, ref: RecordRef, shown: Shown) -> dict[str, Any]:
    offered = {name: one for name, one in shown.fields.items() if not (one.read_only or one.hidden)}
    name = request.GET.get("field", "")
    if name not in offered:
        listed = (key for key, one in offered.items() if getattr(one, "options", None))
        name = STAGE if STAGE in offered else next(listed, next(iter(offered)))
    editor, text = _editor(offered[name], request), request.GET.get("value", "")
    found: Sequence[Looked] = ()
    trouble = ""
    if "value" in request.GET and request.GET.get("field") == request.GET.get("of"):
        try:
            value = _read(offered[name], text)
            found = queries.would(ref, field=name, value=value, by=request.user.pk)
        except (WrongType, ValueError):
            trouble = rules.FIELD_WRONG(title=shown.title(name), value=text).sentence()
    told = [_looked(one, shown, open=_may_look(request), would=True) for one in found]
    return {
        "fields": [(key, str(one.title)) for key, one in offered.items()],
        "field": name,
        "editor": editor,
        "trouble": trouble,
        "asked": "value" in request.GET and request.GET.get("field") == request.GET.get("of") and not trouble,
        "would": [one for one in told if not one["missed"]],
        "would_not": [one for one in told if one["missed"]],
    }


def _editor(field: Any, request: HttpRequest) -> asked.Field:
    options: Mapping[str, Any] = dict(getattr(field, "options", None) or ())
    choices = tuple((key, str(title)) for key, title in options.items())
    declared = Declaration("value", field.type.single, _("Value"), required=True, choices=choices)
    drawn = asked.of_parameters([declared])[0]
    return asked.typed_in(drawn, request.GET.get("value", "") if request.GET.get("of") == field.name else "")


def _read(field: Any, text: str) -> Value:
    type = field.type.single
    return coerce(rules.reference(type, text.strip()), type, zone=timezone.get_current_timezone())
