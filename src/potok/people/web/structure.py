"""The structure of the company: departments as a tree at the left, people of the chosen one at the right."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.keyboard import other_layout
from potok.people import access, queries
from potok.people.models import Department, Membership, Person
from potok.people.operations import departments
from potok.people.permissions import EDIT_PEOPLE, EDIT_STRUCTURE
from potok.people.web.asked import department_or_none, me, needs, person_or_nobody
from potok.people.web.find import options
from potok.ui import answers
from potok.ui.answers import Toast

DEPTH_DRAWN = 6


@dataclass(frozen=True)
class Branch:
    """A line of the tree: a department, how deep it stands, how many people are in it and below."""

    department: Department
    depth: int
    people: int

    @property
    def head(self) -> Person | None:
        """Who heads it; nobody once he has left."""
        head = self.department.head
        return head if head and head.is_active else None


@dataclass(frozen=True)
class Employee:
    """A line of the list: a person, where he works, what he heads."""

    person: Person
    departments: list[str]
    heads: list[str]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the tree, and the people of a department with all below it, of everybody, or of those who left."""
    chosen = department_or_none(request.GET.get("department"))
    gone, typed = request.GET.get("who") == "dismissed", request.GET.get("q", "").strip()
    shown = {
        "branches": branches(),
        "chosen": chosen,
        "gone": gone,
        "typed": typed,
        "employees": employees(found(typed) if typed else listed(chosen, gone=gone)),
        "count": queries.active().count(),
        "edits_people": access.may(me(request).pk, permission=EDIT_PEOPLE),
        "edits_structure": access.may(me(request).pk, permission=EDIT_STRUCTURE),
    }
    return answers.draw(request, "people/structure.html", shown)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    if request.method == "GET":
        needs(request, EDIT_STRUCTURE)
        return _form(request, None, parent=department_or_none(request.GET.get("parent")))
    with opened(me(request).pk, door="screen") as call:
        made = departments.add(
            call,
            name=request.POST.get("name", ""),
            parent=department_or_none(request.POST.get("parent")),
            head=person_or_nobody(request.POST.get("head")),
        )
    return answers.go(request, f"/people/?department={made.pk}", toast=Toast(_("The department is added")))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change a department's name, place and head, each by its operation, all or nothing."""
    department = queries.department(id)
    if request.method == "GET":
        needs(request, EDIT_STRUCTURE)
        return _form(request, department, parent=department.parent)
    name, parent = request.POST.get("name", ""), department_or_none(request.POST.get("parent"))
    head = person_or_nobody(request.POST.get("head"))
    with opened(me(request).pk, door="screen") as call:
        if name.strip() != department.name:
            departments.rename(call, department=department, name=name)
        if parent != department.parent:
            departments.move(call, department=department, parent=parent)
        if head != department.head:
            departments.appoint(call, department=department, head=head)
    return answers.go(request, f"/people/?department={id}", toast=Toast(_("The department is changed")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Remove an empty department."""
    with opened(me(request).pk, door="screen") as call:
        departments.remove(call, department=queries.department(id))
    return answers.go(request, "/people/", toast=Toast(_("The department is removed")))


def branches() -> list[Branch]:
    """Put the departments in the order of the tree, names in order under each."""
    under: dict[int | None, list[Department]] = defaultdict(list)
    for department in Department.objects.select_related("head").order_by("sort_key", "pk"):
        under[department.parent_id].append(department)
    people = _people_below(under)

    def walk(parent: int | None, depth: int) -> list[Branch]:
        return [
            branch
            for one in under[parent]
            for branch in (Branch(one, min(depth, DEPTH_DRAWN), len(people[one.pk])), *walk(one.pk, depth + 1))
        ]

    return walk(None, 0)


def listed(chosen: Department | None, *, gone: bool) -> list[Person]:
    """List those who left, who work in a department and below it, or everybody."""
    if gone:
        return list(Person.objects.filter(is_active=False).order_by("sort_key", "pk"))
    return list(queries.active().filter(pk__in=queries.members(department=chosen.pk)) if chosen else queries.active())


def found(typed: str) -> list[Person]:
    """List those whom somebody looks for, in the other layout of the keyboard if nobody fits."""
    return list(queries.found(typed)) or list(queries.found(other_layout(typed)))


def employees(people: list[Person]) -> list[Employee]:
    """Put beside people the departments where they work and those they head, in two questions."""
    works, heads = defaultdict(list), defaultdict(list)
    for person, name in Membership.objects.filter(person__in=people).values_list("person", "department__name"):
        works[person].append(name)
    for person, name in Department.objects.filter(head__in=people).values_list("head", "name"):
        heads[person].append(name)
    return [Employee(one, works[one.pk], heads[one.pk]) for one in people]


def _people_below(under: dict[int | None, list[Department]]) -> dict[int, set[int]]:
    people: dict[int, set[int]] = defaultdict(set)
    paths = {one.pk: one.path for those in under.values() for one in those}
    for person, department in Membership.objects.filter(person__is_active=True).values_list("person", "department"):
        for above in paths[department].strip("/").split("/"):
            people[int(above)].add(person)
    return people


def _form(request: HttpRequest, department: Department | None, *, parent: Department | None) -> HttpResponse:
    places = [
        (branch.department.pk, "\u2003" * branch.depth + branch.department.name)
        for branch in branches()
        if department is None or not branch.department.path.startswith(department.path)
    ]
    head = [department.head] if department and department.head else []
    shown = {"department": department, "parent": parent.pk if parent else "", "places": places, "head": options(head)}
    return render(request, "people/department_form.html", shown)
