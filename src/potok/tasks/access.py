"""Who a person is to a task: by name, as a member of its project group, through a permission over its people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission
from potok.people import public as company
from potok.people.public import Group, Person
from potok.tasks import rules
from potok.tasks.models import Project, Task

SEE = permission("tasks.task.see", _("See tasks of others"), of_records=True)
MANAGE = permission("tasks.task.manage", _("Manage tasks of others"), of_records=True)


def groups_of(person: int) -> QuerySet[Group]:
    """The groups that the person is a member of."""
    return Group.objects.filter(people=person)


def led_by(person: int) -> QuerySet[Project]:
    """The projects that the person leads or helps to lead."""
    return Project.objects.filter(Q(leader=person) | Q(moderators__contains=[person]))


def leads(person: int | None, group: int | None) -> bool:
    """Tell whether the person leads the project that the group is; the system leads everything."""
    return person is None or (group is not None and led_by(person).filter(group=group).exists())


def reached(person: int) -> Q:
    """The tasks whose people the person may look after."""
    return company.visible(person, permission=SEE).narrows("responsible", "creator")


def standing(task: Task, *, by: int | None) -> frozenset[str]:
    """What the person is to the task; asks the database only when he is not named in it."""
    named = rules.standing(task.parties(), person=by)
    if by is None or named & rules.MAY_CHANGE:
        return named
    return rules.standing(
        task.parties(),
        person=by,
        colleague=task.group_id is not None and groups_of(by).filter(pk=task.group_id).exists(),
        overseer=leads(by, task.group_id) or company.visible(by, permission=MANAGE).covers(task.owners()),
    ) or _spectator(task, by=by)


def _spectator(task: Task, *, by: int) -> frozenset[str]:
    seen = company.visible(by, permission=SEE).covers(task.owners())
    return frozenset({rules.SPECTATOR}) if seen else frozenset()


def check_people(fields: Mapping[str, Any]) -> None:
    """Refuse people and groups that are not there; a responsible person must be at work."""
    wanted = {fields[name] for name in ("responsible", "controller") if fields.get(name) is not None}
    wanted |= {*fields.get("observers", ()), *fields.get("accomplices", ())}
    active = set(Person.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True)) if wanted else set()
    grouped = fields.get("group")
    known = grouped is None or Group.objects.filter(pk=grouped).exists()
    if wanted - active or not known or ("responsible" in fields and fields["responsible"] is None):
        raise rules.UNKNOWN_PEOPLE()


@dataclass(frozen=True, slots=True)
class Known:
    """Which of the people and groups that drafts name are there; a responsible person must be at work."""

    people: frozenset[int]
    active: frozenset[int]
    groups: frozenset[int]
    tasks: frozenset[int]

    def has(self, draft: rules.Draft) -> bool:
        others = {one for one in named(draft) if one is not None}
        grouped = draft.group is None or draft.group in self.groups
        above = draft.parent is None or draft.parent in self.tasks
        return draft.responsible in self.active and others <= self.people and grouped and above


def known(drafts: Iterable[rules.Draft]) -> Known:
    """Look up everybody whom these drafts name, in one question, their groups and tasks above in others."""
    asked = list(drafts)
    people = {one for draft in asked for one in named(draft) if one is not None}
    found = company.by_id(people)
    wanted = {draft.group for draft in asked if draft.group is not None}
    groups = Group.objects.filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    active = frozenset(number for number, person in found.items() if person.is_active)
    parents = {draft.parent for draft in asked if draft.parent is not None}
    tasks = Task.objects.filter(pk__in=parents).values_list("pk", flat=True) if parents else ()
    return Known(frozenset(found), active, frozenset(groups), frozenset(tasks))


def named(draft: rules.Draft) -> tuple[int | None, ...]:
    """Everybody whom a draft names, whatever he is to be to the task."""
    return (draft.responsible, draft.creator, draft.controller, *draft.observers, *draft.accomplices)


def people_called(names: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """The people whose name and surname stand in a text after an @."""
    if not names:
        return ()
    either = Q()
    for name, surname in set(names):
        either |= Q(name__iexact=name, surname__iexact=surname)
    return tuple(Person.objects.filter(either, is_active=True).order_by("pk").values_list("pk", flat=True))
