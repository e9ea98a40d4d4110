"""Roles: what they grant and who holds them."""

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.people import rules
from potok.people.events import RoleChanged
from potok.people.models import Department, Grant, Group, Person, Role, RoleHolder
from potok.people.operations import trust
from potok.people.permissions import EDIT_ROLES


@operation("people.role.add", needs=EDIT_ROLES)
def add(call: Call, *, name: str) -> Role:
    """Make a role that grants nothing yet."""
    role = Role.objects.create(name=_named(name))
    announce(RoleChanged(call=call, role=role.pk))
    return role


@operation("people.role.rename", needs=EDIT_ROLES)
def rename(call: Call, *, role: Role, name: str) -> Role:
    """Call a role something else."""
    role.name = _named(name, but=role.pk)
    role.save(update_fields=["name"])
    announce(RoleChanged(call=call, role=role.pk))
    return role


@operation("people.role.remove", needs=EDIT_ROLES)
def remove(call: Call, *, role: Role) -> None:
    """Remove a role; whoever held it may do the less."""
    gone = role.pk
    trust.check_permissions(call, names=granted(role))
    role.delete()
    announce(RoleChanged(call=call, role=gone))


@operation("people.role.grant", needs=EDIT_ROLES)
def grant(call: Call, *, role: Role, permission: str, extent: rules.Extent | None) -> Role:
    """Let a role do this as far as the extent reaches; None takes the permission away."""
    if permission not in permissions:
        raise rules.UNKNOWN_PERMISSION(place="permission", permission=permission)
    trust.check_permissions(call, names=[permission])
    if extent is None:
        Grant.objects.filter(role=role, permission=permission).delete()
    else:
        Grant.objects.update_or_create(role=role, permission=permission, defaults={"extent": int(extent)})
    announce(RoleChanged(call=call, role=role.pk))
    return role


@operation("people.role.give", needs=EDIT_ROLES)
def give(
    call: Call,
    *,
    role: Role,
    person: Person | None = None,
    department: Department | None = None,
    group: Group | None = None,
) -> Role:
    """Give a role to one person, to a department with all below it, or to a group."""
    _check_holder(call, role=role, holders=(person, department, group))
    RoleHolder.objects.get_or_create(role=role, person=person, department=department, group=group)
    announce(RoleChanged(call=call, role=role.pk))
    return role


@operation("people.role.take", needs=EDIT_ROLES)
def take(
    call: Call,
    *,
    role: Role,
    person: Person | None = None,
    department: Department | None = None,
    group: Group | None = None,
) -> Role:
    """Take a role from whom it was given to."""
    _check_holder(call, role=role, holders=(person, department, group))
    RoleHolder.objects.filter(role=role, person=person, department=department, group=group).delete()
    announce(RoleChanged(call=call, role=role.pk))
    return role


def granted(role: Role) -> list[str]:
    """Name the permissions that a role grants."""
    return list(Grant.objects.filter(role=role).values_list("permission", flat=True))


def _check_holder(call: Call, *, role: Role, holders: tuple[Person | Department | Group | None, ...]) -> None:
    if sum(holder is not None for holder in holders) != 1:
        raise rules.ONE_HOLDER()
    trust.check_permissions(call, names=granted(role))


def _named(name: str, *, but: int = 0) -> str:
    name = name.strip()
    if not name:
        raise rules.UNTITLED_ROLE(place="name")
    if Role.objects.filter(name=name).exclude(pk=but).exists():
        raise rules.ROLE_TAKEN(place="name", name=name)
    return name
