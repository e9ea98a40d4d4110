"""Why a person may or may not do something with a record: role by role, share by share, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from potok.people import public as people
from potok.people.public import Extent, Person
from potok.records import access, catalogue, guards, limits
from potok.records.models import Limit, Record
from potok.records.record_types import RecordType, record_types
from potok.ui import words

ACTS = ("see", "edit", "remove")
REACHES = {
    Extent.OWN: gettext_lazy("his own records"),
    Extent.DEPARTMENT: gettext_lazy("records of his department"),
    Extent.SUBTREE: gettext_lazy("records of his department and those below"),
    Extent.ALL: gettext_lazy("all records"),
}


@dataclass(frozen=True)
class Reason:
    """One thing that lets a person do it, or would but does not."""

    allows: bool
    text: str


@dataclass(frozen=True)
class Answer:
    """Whether a person may do it, and everything that counts."""

    act: str
    may: bool
    reasons: list[Reason]


def explain(person: Person, row: Record) -> list[Answer]:
    """Say for seeing, changing and removing a record whether the person may, and why."""
    return [_answer(person, row, act) for act in ACTS]


def _answer(person: Person, row: Any, act: str) -> Answer:
    of = record_types[row.record_type]
    reasons = list(_reasons(person, row, of, act))
    closed = _closed_for_now(person, row, of, act)
    may = access.reach(person.pk, of, act).covers(row) and not closed
    if not reasons:
        reasons = [Reason(allows=False, text=_("No role of his lets him do this, and it was not shared with him."))]
    return Answer(act, may, [*closed, *reasons])


def _reasons(person: Person, row: Any, of: RecordType, act: str) -> Iterator[Reason]:
    if not person.is_active:
        yield Reason(allows=False, text=_("He is switched off and cannot come in."))
    elif person.is_administrator:
        yield Reason(allows=True, text=_("He is an administrator, who may do everything."))
    else:
        granted = people.grants(person.pk, permission=of.may(act))
        if granted.external:
            yield Reason(allows=False, text=_("He is from outside: his roles reach his own records only."))
        titles = dict(people.Role.objects.filter(pk__in=granted.extents).values_list("pk", "name"))
        for role, extent in granted.extents.items():
            reach = people.within(person.pk, extent=Extent.OWN if granted.external else extent)
            closed = _closed(of, role, row, act)
            yield _of_role(titles[role], extent, row, covered=reach.covers(row.owners()), closed=closed)
        yield from _of_shares(person, row, of, act)


def _of_role(title: str, extent: Extent, row: Any, *, covered: bool, closed: bool) -> Reason:
    named = {"role": words.inside(title), "reach": str(REACHES[extent])}
    if closed:
        said = _("The role “%(role)s” leaves out the pipeline “%(pipeline)s”.")
        return Reason(allows=False, text=said % {**named, "pipeline": words.inside(str(row.pipeline))})
    if covered:
        return Reason(allows=True, text=_("The role “%(role)s” reaches it: %(reach)s.") % named)
    return Reason(allows=False, text=_("The role “%(role)s” does not reach it: %(reach)s.") % named)


def _closed(of: RecordType, role: int, row: Any, act: str) -> bool:
    found = catalogue.whole().limits.get(of.name, ())
    forbid = limits.forbidding(act)
    pipeline = getattr(row, "pipeline_id", None)
    return any(one.role_id == role and one.pipeline_id == pipeline and one.level in forbid for one in found if pipeline)


def _of_shares(person: Person, row: Any, of: RecordType, act: str) -> Iterator[Reason]:
    if act not in access.SHARED:
        return
    for one in access.shares(of, person.pk, act="see").filter(record_id=row.pk).select_related("by"):
        who = str(one.by) if one.by else _("the system")
        if one.observes:
            yield Reason(allows=act == "see", text=_("He observes it: that lets him see it, not change it."))
        elif act == "edit" and not one.may_edit:
            yield Reason(allows=False, text=_("%(who)s has shared it with him to see, not to change.") % {"who": who})
        else:
            yield Reason(allows=True, text=_("%(who)s has shared it with him.") % {"who": who})


def _closed_for_now(person: Person, row: Record, of: RecordType, act: str) -> list[Reason]:
    """What a process forbids for the time being."""
    if act == "see":
        hidden = any(row.pk in set(one) for one in guards.hidden(of.name, by=person.pk))
        return [Reason(allows=False, text=_("A process hides it from him for the time being."))] if hidden else []
    [refused] = guards.judge([guards.Act(person.pk, row.ref, act)])
    return [Reason(allows=False, text=refused.sentence())] if refused else []


def left_out(person: Person, of: RecordType) -> list[tuple[str, str]]:
    """The fields that are hidden from a person or that he may not change, with how."""
    whole, seen = catalogue.whole().of(of), catalogue.seen_by(person.pk).of(of)
    hidden = [(str(one.title), Limit.HIDDEN) for name, one in whole.items() if name not in seen]
    locked = [
        (str(one.title), Limit.READ_ONLY)
        for name, one in seen.items()
        if one.read_only and name in whole and not whole[name].read_only
    ]
    return [*hidden, *locked]
