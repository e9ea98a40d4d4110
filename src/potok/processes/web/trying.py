"""What is pressed on the page of trials, as a script: each act adds to what was done so far, nothing is stored."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from potok.engine import values
from potok.engine.graph import Header
from potok.engine.values import KINDS, RecordRef, Type
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes import outside
from potok.processes.models import Case, Definition
from potok.processes.trial import Script, winding
from potok.processes.web import asked

Plain = dict[str, Any]
Act = Callable[[HttpRequest, Call, Plain], Plain]

# Names of the page's own controls begin so: no parameter, field or answer of a definition can be called like them.
OWN = "the-"


def script(request: HttpRequest) -> Plain:
    """The script that the page holds."""
    return _json(_own(request, "script"))


def kept(definition: Definition, case: str) -> Plain:
    """The script of a case."""
    found = Case.objects.filter(definition=definition, pk=int(case) if case.isdecimal() else 0).first()
    if found is None:
        raise MISSING(id=case)
    return dict(found.script)


def begun(request: HttpRequest, call: Call, header: Header) -> Plain:
    """A script of which nothing has happened yet: who starts it, on which sample, when, with what."""
    inputs = asked.read(call, request.POST, request.FILES, parameters(header))
    moment = _own(request, "moment")
    return {
        "by_hand": True,
        "until": "0m",
        "initiator": _own(request, "initiator"),
        "begins": timezone.make_aware(datetime.fromisoformat(moment)).isoformat() if moment else None,
        "record": _sample(request, header.record),
        "inputs": {name: value for name, value in inputs.items() if value not in ("", [])},
    }


def parameters(header: Header) -> list[asked.Field]:
    """What a start asks for. Files are left out: a trial has none to give."""
    return asked.of_parameters([one for one in header.parameters if one.type.kind != "file"])


def acted(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    """The script with what was pressed at its end."""
    return ACTS.get(_own(request, "act"), _nothing)(request, call, plain)


def _nothing(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    return plain


def _answer(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    fields = [_field(each) for each in request.POST.getlist("the-field")]
    reply = {
        "answer": _own(request, "answer"),
        "values": asked.read(call, request.POST, request.FILES, fields),
        "comment": request.POST.get("comment", ""),
    }
    return _then(plain, step=_own(request, "step"), reply=reply, by=_own(request, "by"))


def _part(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    return _then(plain, step=_own(request, "step"), by=_own(request, "by"))


def _message(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    return _then(plain, message=_own(request, "message"), payload=_json(_own(request, "payload")))


def _change(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    return _then(plain, changes={_own(request, "changed"): request.POST.get("value", "")})


def _wind(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    held, count = Script.read(plain), _own(request, "count")
    begins = held.begins or call.at
    at, so_many = begins + (held.until or timedelta()), int(count) if count.isdecimal() else 0
    later = winding.later(at, so_many, _own(request, "unit"), hours=people.working_time())
    return {**plain, "until": _minutes(later - begins)}


def _next(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    begins, at = Script.read(plain).begins or call.at, Script.read({"begins": _own(request, "next")}).begins
    return {**plain, "until": _minutes(at - begins)} if at else plain


def _alone(request: HttpRequest, call: Call, plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if name not in ("by_hand", "until")}


ACTS: Mapping[str, Act] = {
    "answer": _answer,
    "part": _part,
    "message": _message,
    "change": _change,
    "wind": _wind,
    "next": _next,
    "alone": _alone,
}


def _field(written: str) -> asked.Field:
    """A field as the page has noted it beside its control: name, kind, and whether it takes several values."""
    name, kind, several = (*written.split(":"), "", "")[:3]
    return asked.Field(name=name, title="", type=Type(kind if kind in KINDS else "text", multiple=several == "several"))


def _then(plain: Plain, **what: Any) -> Plain:
    """Let something more happen at the moment where the trial stands."""
    return {**plain, "meanwhile": [*plain.get("meanwhile", []), {"after": plain.get("until") or "0m", **what}]}


def _minutes(lasts: timedelta) -> str:
    return f"{winding.minutes_up(lasts) // timedelta(minutes=1)}m"


def _sample(request: HttpRequest, name: str) -> Plain:
    """The values of the record that was chosen as a sample, else what a record cannot do without."""
    if not name:
        return {}
    fields, chosen = outside.shown(name), _own(request, "record")
    if not chosen.isdecimal():
        return {key: _("Sample") for key, field in fields.items() if field.required and field.type.kind == "text"}
    held = outside.sample(RecordRef(name, int(chosen)), by=request.user.pk)
    return {key: values.encode(value) for key, value in held.items() if not values.is_empty(value)}


def _json(text: str) -> Plain:
    """Read what the page itself has written; anything else is nothing."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        read = {}
    return read if isinstance(read, dict) else {}


def _own(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(OWN + name, ""))
