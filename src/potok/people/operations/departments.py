"""Departments: the tree of the company."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import DepartmentAdded, DepartmentChanged, DepartmentRemoved
from potok.people.models import Department, Person
from potok.people.permissions import EDIT_STRUCTURE


@operation("people.department.add", needs=EDIT_STRUCTURE)
def add(call: Call, *, name: str, parent: Department | None = None, head: Person | None = None) -> Department:
    """Add a department under another one, or at the top."""
    department = Department(name=_named(name), parent=parent, head=head, sort_key=rules.folded(name))
    department.save()
    department.path = f"{parent.path if parent else '/'}{department.pk}/"
    department.save(update_fields=["path"])
    announce(DepartmentAdded(call=call, department=department.pk))
    return department


@operation("people.department.rename", needs=EDIT_STRUCTURE)
def rename(call: Call, *, department: Department, name: str) -> Department:
    """Call a department something else."""
    return _keep(call, department=department, name=_named(name), sort_key=rules.folded(name))


@operation("people.department.appoint", needs=EDIT_STRUCTURE)
def appoint(call: Call, *, department: Department, head: Person | None) -> Department:
    """Make a person the head of a department; None leaves it without one."""
    return _keep(call, department=department, head=head)


@operation("people.department.move", needs=EDIT_STRUCTURE)
def move(call: Call, *, department: Department, parent: Department | None) -> Department:
    """Put a department, with all below it, under another one or at the top."""
    # The whole tree is locked: of two moves at once, each right alone, one could hang the other's branch in the air.
    paths = dict(Department.objects.select_for_update().order_by("pk").values_list("pk", "path"))
    old, above = paths[department.pk], paths[parent.pk] if parent else "/"
    if rules.is_under(above, top=old):
        raise rules.DEPARTMENT_IN_ITSELF(place="parent")
    rest = Substr("path", len(old) + 1)
    new = f"{above}{department.pk}/"
    Department.objects.filter(path__startswith=old).update(path=Concat(Value(new), rest))
    department.path = new
    return _keep(call, department=department, parent=parent)


@operation("people.department.remove", needs=EDIT_STRUCTURE)
def remove(call: Call, *, department: Department) -> None:
    """Remove an empty department."""
    gone = department.pk
    if department.children.exists() or department.memberships.exists():
        raise rules.DEPARTMENT_NOT_EMPTY(name=department.name)
    department.delete()
    announce(DepartmentRemoved(call=call, department=gone))


def _named(name: str) -> str:
    if not name.strip():
        raise rules.UNTITLED_DEPARTMENT(place="name")
    return name.strip()


def _keep(call: Call, *, department: Department, **wanted: Any) -> Department:
    for place, value in wanted.items():
        setattr(department, place, value)
    department.save(update_fields=list(wanted))
    announce(DepartmentChanged(call=call, department=department.pk))
    return department
