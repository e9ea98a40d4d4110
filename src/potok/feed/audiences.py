"""To whom a post goes: read from codes, looked up, called by name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from potok.feed import rules
from potok.people import public as people
from potok.people.public import Department, Group, Person

# The codes of people that an audience is made of, with the icon of each.
ICONS = {"person": "user-round", "subtree": "building-2", "group": "users-round"}
SPELLED = {"person": "user_{}", "subtree": "group_dr{}", "group": "group_g{}"}


@dataclass(frozen=True, slots=True)
class Named:
    """A code as a picker and a line of the feed show it."""

    code: str
    title: str
    icon: str
    face: Any = None


def checked(audience: Iterable[str], *, mentioned: Iterable[int], but: Collection[str] = ()) -> list[str]:
    """The codes as they are kept; refused if somebody is not there. What stands in `but` was looked up before."""
    codes = [_spelled(code) for code in rules.spelled(audience, mentioned=mentioned)]
    fresh = [code for code in codes if code not in but]
    if len(named(fresh)) < len(set(fresh)):
        raise rules.UNKNOWN(place="audience")
    return list(dict.fromkeys(codes))


def mentioned(persons: Iterable[int]) -> list[int]:
    """Those of the people who can be called: they work here."""
    wanted = list(dict.fromkeys(persons))
    there = set(_people().filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    if set(wanted) - there:
        raise rules.UNKNOWN(place="mentioned")
    return wanted


def named(codes: Iterable[str]) -> dict[str, Named]:
    """How these are called; who is not there any more is left out. Three questions at most."""
    wanted: dict[str, set[int]] = {kind: set() for kind in ICONS}
    found: dict[str, Named] = {}
    for code in codes:
        if code == rules.ALL:
            found[code] = Named(code, _("Everybody"), "globe")
            continue
        kind, number = people.codes.read(code)
        wanted[kind].add(number)
    tables: dict[str, Any] = {"person": _people(), "subtree": Department.objects, "group": Group.objects}
    for kind, numbers in wanted.items():
        for one in tables[kind].filter(pk__in=numbers) if numbers else ():
            code = SPELLED[kind].format(one.pk)
            found[code] = Named(code, str(one), ICONS[kind], one if kind == "person" else None)
    return found


def persons(codes: Sequence[str]) -> list[int]:
    """Everybody whom an audience means now, who works here."""
    there = _people().order_by("sort_key", "pk")
    if rules.ALL not in codes:
        there = there.filter(pk__in=people.codes.expand(list(codes)))
    return list(there.values_list("pk", flat=True))


def _people() -> Any:
    return Person.objects.filter(is_active=True, is_external=False)


def _spelled(code: str) -> str:
    """The one spelling of a code; of a department it is the one with all below it."""
    if code == rules.ALL:
        return code
    kind, number = people.codes.read(code)
    kind = "subtree" if kind == "department" else kind
    if kind not in SPELLED:
        raise rules.UNKNOWN(place="audience")
    return SPELLED[kind].format(number)
