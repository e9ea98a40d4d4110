"""Kept trials: a promise that every later version is held to before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from potok.kit.calls import Call
from potok.kit.errors import Refusals, Refused, refusal
from potok.kit.words import _
from potok.processes.models import Case
from potok.processes.trial.script import Script
from potok.processes.trial.telling import Difference, differences
from potok.processes.trial.world import try_out

BROKEN = refusal(
    "processes.case.broken",
    _("The trial “{title}” goes otherwise: {what}. Promised: {promised}. Now: {found}. Mend it, or accept it."),
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A case whose promise a version does not keep."""

    case: Case
    found: dict[str, object]
    differences: Sequence[Difference]


def broken(call: Call, *, definition: int, version: int) -> list[Broken]:
    """Try a version in every case of its definition; tell the promises that it does not keep."""
    told = []
    for case in Case.objects.filter(definition=definition):
        found = try_out(call, version=version, script=Script.read(case.script)).promise()
        if differing := differences(case.promise, found):
            told.append(Broken(case, found, differing))
    return told


def hold(call: Call, *, definition: int, version: int, accept: bool) -> None:
    """Refuse a version that breaks promises, with all of them; once accepted, what it does is the promise."""
    found = broken(call, definition=definition, version=version)
    if found and not accept:
        raise Refusals([_refused(one) for one in found])
    for one in found:
        Case.objects.filter(pk=one.case.pk).update(promise=one.found, kept_at=call.at, kept_by=call.author)


def _refused(one: Broken) -> Refused:
    first = one.differences[0]
    told = {"title": one.case.title, "what": gettext(first.what), "promised": first.promised, "found": first.found}
    return BROKEN(place="cases", **told)
