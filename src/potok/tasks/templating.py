"""Templates of tasks: given by hand, or by themselves whenever their rule says, exactly once each time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import translation

from potok.engine.values import END_OF_DAY
from potok.kit.calls import Call
from potok.kit.errors import Forbidden, Missing, Refused, refusal
from potok.kit.operations import operation
from potok.kit.words import _
from potok.people import public as company
from potok.tasks import access, repeating, rules
from potok.tasks.models import Task, Template
from potok.tasks.operations import writing

UNKNOWN = refusal("tasks.template.missing", _("This template is not there, or it is somebody else's."), family=Missing)
ANOTHERS = refusal("tasks.template.anothers", _("A template is changed by whoever made it. Ask him."), family=Forbidden)
# What of a task a template keeps; each is what `tasks.add` takes.
KEPT = (
    "description", "responsible", "accomplices", "observers", "controller", "group", "priority", "needs_control",
    "planned_minutes", "checklist",
)  # fmt: skip


@operation("tasks.template.add", needs="")
def add(
    call: Call,
    *,
    title: str,
    fields: Mapping[str, Any],
    days_given: int | None = None,
    repeats: str = "",
    begins_at: datetime | None = None,
    zone: str = "",
) -> Template:
    """Keep a task to be given again. With a rule, the first is given at `begins_at` or soon after."""
    if call.author is None:
        raise rules.NO_CREATOR()
    template = Template(owner_id=call.author, title=rules.tidy_title(title))
    _write(call, template, fields, days_given=days_given, repeats=repeats, begins_at=begins_at, zone=zone)
    return template


@operation("tasks.template.change", needs="")
def change(
    call: Call,
    *,
    template: Template,
    title: str,
    fields: Mapping[str, Any],
    days_given: int | None = None,
    repeats: str = "",
    begins_at: datetime | None = None,
    zone: str = "",
) -> Template:
    """Keep it as it is said now; tasks that were given stay as they are."""
    _check_own(call, template)
    template.title = rules.tidy_title(title)
    _write(call, template, fields, days_given=days_given, repeats=repeats, begins_at=begins_at, zone=zone)
    return template


@operation("tasks.template.remove", needs="")
def remove(call: Call, *, template: Template) -> None:
    """Give no more tasks from it; those that were given stay."""
    _check_own(call, template)
    template.delete()


@operation("tasks.template.use", needs="")
def use(call: Call, *, template: Template) -> Task:
    """Give the task of a template now."""
    _check_seen(call, template)
    return give(call, template)


def give(call: Call, template: Template) -> Task:
    """Give the task that a template describes, in the name of its owner where the system asks."""
    fields = {name: value for name, value in template.fields.items() if name in KEPT}
    return writing.add(
        call,
        title=template.title,
        creator=template.owner_id if call.by is None else None,
        deadline=_deadline(template, at=call.at),
        template=template.pk,
        **fields,
    )


def of_task(task: Task) -> dict[str, Any]:
    """What a template keeps of a task."""
    kept = {name: getattr(task, writing.COLUMNS.get(name, name)) for name in KEPT if name != "checklist"}
    return {**kept, "checklist": [line.text for line in task.checklist.order_by("place", "pk")]}


def visible_to(person: int) -> list[Template]:
    """The templates that a person made, and those of the groups that he is in."""
    groups = list(access.groups_of(person).values_list("pk", flat=True))
    shown = Template.objects.filter(Q(owner=person) | Q(fields__group__in=groups)).select_related("owner")
    return sorted(shown, key=lambda one: company.folded(one.title))


def found(person: int | None, *, id: int) -> Template:
    """The template, if the person may use it; otherwise it is missing."""
    for one in visible_to(person or 0):
        if one.pk == id:
            return one
    raise UNKNOWN(id=id)


def give_due(call: Call, template: Template) -> Task | None:
    """Give what is due of a template and count its next moment; what is refused is written on the template."""
    assert template.begins_at is not None
    template.next_at = repeating.following(
        template.repeats, begins_at=template.begins_at, after=call.at, zone=template.zone
    )
    given: Task | None = None
    try:
        given, template.problem = give(call, template), ""
    except Refused as refused:
        with translation.override(template.owner.language):
            template.problem = refused.sentence()
    template.save(update_fields=["next_at", "problem"])
    return given


def _write(
    call: Call,
    template: Template,
    fields: Mapping[str, Any],
    *,
    days_given: int | None,
    repeats: str,
    begins_at: datetime | None,
    zone: str,
) -> None:
    if fields.get("responsible") is None:
        raise rules.NO_RESPONSIBLE(place="responsible")
    access.check_people({name: value for name, value in fields.items() if value is not None})
    template.fields = {name: fields[name] for name in KEPT if name in fields}
    template.days_given, template.problem = days_given, ""
    template.repeats = repeating.tidy(repeats) if repeats else ""
    template.begins_at = (begins_at or call.at) if repeats else None
    template.zone = zone or "UTC"
    template.next_at = _first(template, at=call.at)
    template.save()


def _first(template: Template, *, at: datetime) -> datetime | None:
    if template.begins_at is None:
        return None
    before = min(at, template.begins_at) - timedelta(seconds=1) if template.begins_at > at else at
    return repeating.following(template.repeats, begins_at=template.begins_at, after=before, zone=template.zone)


def _deadline(template: Template, *, at: datetime) -> datetime | None:
    if template.days_given is None:
        return None
    here = ZoneInfo(template.zone or "UTC")
    day = at.astimezone(here).date() + timedelta(days=template.days_given)
    return datetime.combine(day, END_OF_DAY, here)


def _check_own(call: Call, template: Template) -> None:
    if call.by is not None and call.by != template.owner_id:
        raise ANOTHERS()


def _check_seen(call: Call, template: Template) -> None:
    if call.by is not None:
        found(call.by, id=template.pk)
