"""The screens of templates: tasks that are given again, by hand or by a rule."""

from functools import partial
from typing import Any

from babel.dates import get_day_names
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.tasks import queries, repeating, rules, templating
from potok.tasks.models import Task, Template
from potok.tasks.web import form, reading
from potok.ui import answers, words
from potok.ui.answers import Toast

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the templates that the person may use."""
    found = templating.visible_to(request.user.pk or 0)
    context = {"lines": [(one, said(one.repeats)) for one in found], "reader": request.user.pk}
    return answers.draw(request, "tasks/templates.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Keep a template, from nothing or from a task."""
    if request.method == "GET":
        return answers.draw(request, "tasks/template_form.html", _blank(request))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        templating.add(call, **_read(request.POST))
    return answers.go(request, reverse("tasks:templates"), toast=Toast(gettext("The template is kept")))


@require_http_methods(["GET", "POST", "DELETE"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """Change a template, or take it away."""
    template = templating.found(request.user.pk, id=id)
    if request.method == "GET":
        return answers.draw(request, "tasks/template_form.html", _filled(request, template))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.method == "DELETE":
            templating.remove(call, template=template)
        else:
            templating.change(call, template=template, **_read(request.POST))
    return answers.go(request, reverse("tasks:templates"), toast=Toast(gettext("The templates are as you said")))


@require_POST
def use(request: HttpRequest, id: int) -> HttpResponse:
    """Give the task of a template now."""
    template = templating.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        task = templating.use(call, template=template)
    return answers.go(request, reverse("tasks:card", args=[task.pk]), toast=Toast(gettext("The task is given")))


def said(rule: str) -> str:
    """A rule in words: «Every week: Mon, Thu»."""
    if not rule:
        return ""
    parts = repeating.parts(rule)
    often_said = gettext(repeating.FREQUENCIES[parts["FREQ"].lower()])
    names = dict(days())
    on = ", ".join(names.get(one, one) for one in parts.get("BYDAY", "").split(",") if one)
    often = gettext("interval %(number)s") % {"number": parts["INTERVAL"]} if "INTERVAL" in parts else ""
    return ": ".join(part for part in (often_said, ", ".join(one for one in (often, on) if one)) if part)


def days() -> list[tuple[str, str]]:
    """The days of the week by their signs in rules."""
    names = get_day_names("abbreviated", locale=words.language())
    return [(sign, names[place]) for place, sign in enumerate(DAYS)]


def _read(given: QueryDict) -> dict[str, Any]:
    return reading.together(
        {
            "title": lambda: rules.tidy_title(given.get("title", "")),
            "fields": lambda: _fields(given),
            "days_given": lambda: reading.number(given.get("days_given", "")),
            "repeats": lambda: _rule(given),
            "begins_at": lambda: reading.moment(given, "begins_at"),
            "zone": timezone.get_current_timezone_name,
        }
    )


def _fields(given: QueryDict) -> dict[str, Any]:
    read = reading.together({name: partial(reader, given) for name, reader in reading.FIELDS.items()})
    lines = [line for line in given.get("checklist", "").splitlines() if line.strip()]
    return {**read, "checklist": [rules.tidy_item(line) for line in lines]}


def _rule(given: QueryDict) -> str:
    frequency = given.get("frequency", "")
    if not frequency:
        return ""
    every = reading.number(given.get("interval", "1")) or 1
    return repeating.written(frequency, interval=every, days=tuple(one for one in given.getlist("day") if one in DAYS))


def _blank(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("task", "")
    person = request.user.pk or 0
    if asked.isdecimal():
        task = queries.found(request.user.pk, id=int(asked))
        template = Template(title=task.title, fields=templating.of_task(task), owner_id=person)
    else:
        template = Template(fields={"responsible": person}, owner_id=person)
    return {**_filled(request, template), "is_new": True}


def _filled(request: HttpRequest, template: Template) -> dict[str, Any]:
    fields = {name: value for name, value in template.fields.items() if name != "checklist"}
    columns = {"responsible", "controller", "group"}
    task = Task(
        title=template.title, **{f"{name}_id" if name in columns else name: value for name, value in fields.items()}
    )
    task.creator_id = template.owner_id
    rule = repeating.parts(template.repeats) if template.repeats else {}
    return {
        "template": template,
        "task": task,
        "checklist": "\n".join(template.fields.get("checklist", [])),
        **form.people_chosen(task),
        "groups": form.groups(request, task.group_id),
        "priorities": form.priorities(),
        "planned": form.planned(task.planned_minutes),
        "frequencies": [(name, gettext(title)) for name, title in repeating.FREQUENCIES.items()],
        "frequency": rule.get("FREQ", "").lower(),
        "interval": rule.get("INTERVAL", "1"),
        "days": [(sign, name, sign in rule.get("BYDAY", "").split(",")) for sign, name in days()],
        **reading.shown("begins_at", template.begins_at),
        "may_change": template.owner_id == request.user.pk,
    }
