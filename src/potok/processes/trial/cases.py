"""Kept trials: a promise that every later version is held to before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from potok.kit.calls import Call
from potok.kit.errors import Refusals, Refused, refusal
from potok.kit.words import _
from potok.processes.models import Case
from potok.processes.trial.script import Script
from potok.processes.trial.telling import Coverage, Difference, Told, differences
from potok.processes.trial.world import try_out

BROKEN = refusal(
    "processes.case.broken",
    _("The trial “{title}” goes otherwise: {what}. Promised: {promised}. Now: {found}. Mend it, or accept it."),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a version makes of a case: where it departs from the promise, if anywhere. Without `told` it cannot even be
    tried. A case that came with a ready definition promises nothing before its first version."""

    case: Case
    differences: Sequence[Difference]
    told: Told | None = None

    @property
    def coverage(self) -> Coverage:
        return self.told.coverage if self.told else Coverage()


def verdicts(call: Call, *, definition: int, version: int) -> list[Verdict]:
    """Try a version in every case of its definition."""
    return [_verdict(call, case, version=version) for case in Case.objects.filter(definition=definition)]


def hold(call: Call, *, definition: int, version: int, accept: bool) -> None:
    """Refuse a version that breaks promises, with all of them; once accepted, what it does is the promise."""
    found = verdicts(call, definition=definition, version=version)
    broken = [one for one in found if one.differences]
    if broken and not accept:
        raise Refusals([_refused(one) for one in broken])
    for one in found:
        if one.told and (one.differences or not one.case.promise):
            _promise(call, one.case, promise=one.told.promise())


def _verdict(call: Call, case: Case, *, version: int) -> Verdict:
    try:
        told = try_out(call, version=version, script=Script.read(case.script))
    except Refused as refused:
        return Verdict(case, [Difference(_("It cannot be tried"), "–", refused.sentence())])
    return Verdict(case, differences(case.promise, told.promise()) if case.promise else [], told)


def _promise(call: Call, case: Case, *, promise: dict[str, Any]) -> None:
    Case.objects.filter(pk=case.pk).update(promise=promise, kept_at=call.at, kept_by=call.author)


def _refused(one: Verdict) -> Refused:
    first = one.differences[0]
    told = {"title": one.case.title, "what": gettext(first.what), "promised": first.promised, "found": first.found}
    return BROKEN(place="cases", **told)
