"""Kinds of absences: kept by whoever has the permission, offered to everybody who asks."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from potok.absences import permissions, rules
from potok.absences.models import Kind
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people.public import absence_kinds

# What colleagues see who may not know the reason.
AWAY = _("Away")
# How those begin that come with the product: colour, whether it is paid, days a year that are counted.
USUAL: Mapping[str, tuple[int, bool, int | None]] = {
    "vacation": (1, True, 28),
    "sick": (4, True, None),
    "trip": (3, True, None),
    "maternity": (6, True, None),
    "unpaid": (8, False, None),
    "study": (5, True, None),
    "personal": (7, False, None),
    "other": (2, False, None),
}


def write_usual(**_given: object) -> None:
    """Write the kinds that come with the product where there are none yet: after the tables were made or emptied."""
    if Kind.objects.exists():
        return
    Kind.objects.bulk_create(
        Kind(code=code, colour=colour, is_paid=paid, days_a_year=days, place=place)
        for place, (code, (colour, paid, days)) in enumerate(USUAL.items())
    )


@operation("absences.kind.add", needs=permissions.KINDS)
def add(
    call: Call,
    *,
    code: str,
    title: str,
    colour: int = 1,
    is_paid: bool = True,
    needs_approval: bool = True,
    days_a_year: int | None = None,
) -> Kind:
    """Add a kind of absences. With `days_a_year` its days are counted; what needs no approval counts at once."""
    code = code.strip()
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,60}", code):
        raise rules.WRONG_CODE(place="code", code=code)
    if Kind.objects.filter(code__iexact=code).exists():
        raise rules.CODE_TAKEN(place="code", code=code)
    last = Kind.objects.order_by("-place").values_list("place", flat=True).first() or 0
    return Kind.objects.create(
        code=code,
        title=rules.tidy_title(title),
        colour=_colour(colour),
        is_paid=is_paid,
        needs_approval=needs_approval,
        days_a_year=rules.tidy_days(days_a_year),
        place=last + 1,
    )


@operation("absences.kind.change", needs=permissions.KINDS)
def change(
    call: Call,
    *,
    kind: Kind,
    title: str,
    colour: int,
    is_paid: bool,
    needs_approval: bool,
    days_a_year: int | None = None,
    is_gone: bool = False,
) -> Kind:
    """Change a kind; one that is gone is offered no more, and what was written down so stays."""
    if is_gone and not Kind.objects.filter(is_gone=False).exclude(pk=kind.pk).exists():
        raise rules.KIND_STAYS()
    named = rules.tidy_title(title)
    kind.title = "" if kind.code in rules.USUAL and named == str(Kind(code=kind.code)) else named
    kind.colour, kind.is_paid, kind.needs_approval = _colour(colour), is_paid, needs_approval
    kind.days_a_year, kind.is_gone = rules.tidy_days(days_a_year), is_gone
    kind.save()
    return kind


def all_kinds() -> list[Kind]:
    """All of them in their order, those that are gone too."""
    return list(Kind.objects.order_by("place", "pk"))


def offered() -> list[tuple[str, str]]:
    """Codes and names of those that may be asked for, in the language that is active."""
    return [(one.code, str(one)) for one in all_kinds() if not one.is_gone]


def by_code() -> dict[str, Kind]:
    """All of them by their codes."""
    return {one.code: one for one in all_kinds()}


def title(kind: str) -> str:
    """The words for a kind, in the language that is active."""
    found = Kind.objects.filter(code=kind).first()
    return str(found) if found else kind


def tell() -> Mapping[str, absence_kinds.AbsenceKind]:
    """What matters when somebody asks."""
    return {one.code: absence_kinds.AbsenceKind(one.code, one.needs_approval) for one in all_kinds() if not one.is_gone}


def _colour(colour: int) -> int:
    return colour if colour in rules.COLOURS else rules.COLOURS[0]
