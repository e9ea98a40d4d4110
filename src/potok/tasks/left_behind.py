"""What somebody who leaves the company leads and repeats: projects, templates of tasks, and who is named in those."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.kit.calls import Call
from potok.people.public import Person, leaving
from potok.tasks.models import Project, Template

ONE, SEVERAL = ("responsible", "controller"), ("observers", "accomplices")


def register() -> None:
    """Register once, at start-up."""
    for name, title, left, hand in (
        ("project", _("Projects that he leads"), _projects, _hand_projects),
        ("task_template", _("Templates of tasks and tasks that repeat"), _templates, _hand_templates),
    ):
        leaving.estates.add(name, leaving.Estate(name, title, left, hand))


def _projects(person: Person) -> list[leaving.Thing]:
    led = Project.objects.filter(leader=person, closed_at=None).select_related("group").order_by("pk")
    return [leaving.Thing(one.group.name, reverse("tasks:project", args=[one.pk])) for one in led]


def _hand_projects(call: Call, person: Person, to: Person) -> list[leaving.Thing]:
    for one in Project.objects.filter(leader=person, closed_at=None).select_related("group"):
        one.group.people.add(to)
        Project.objects.filter(pk=one.pk).update(leader=to)
    return []


def _his(person: Person) -> list[Template]:
    own = Template.objects.all().order_by("pk")
    return [one for one in own if one.owner_id == person.pk or person.pk in _named(one)]


def _named(template: Template) -> set[int]:
    fields = template.fields
    several = {person for name in SEVERAL for person in fields.get(name) or ()}
    return several | {fields[name] for name in ONE if fields.get(name) is not None}


def _with_another(fields: dict[str, Any], *, was: int, now: int) -> dict[str, Any]:
    one = {name: now for name in ONE if fields.get(name) == was}
    lists = {name: [now if person == was else person for person in fields.get(name) or ()] for name in SEVERAL}
    return {**fields, **one, **{name: list(dict.fromkeys(people)) for name, people in lists.items() if people}}


def _templates(person: Person) -> list[leaving.Thing]:
    return [leaving.Thing(one.title, reverse("tasks:template", args=[one.pk])) for one in _his(person)]


def _hand_templates(call: Call, person: Person, to: Person) -> list[leaving.Thing]:
    for one in _his(person):
        one.fields = _with_another(one.fields, was=person.pk, now=to.pk)
        one.owner = to if one.owner_id == person.pk else one.owner
        one.save(update_fields=["fields", "owner"])
    return []
