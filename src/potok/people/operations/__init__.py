"""Every write of people, a module per noun; its verbs are called through it: `persons.add(...)`, `roles.grant(...)`."""

from potok.people.operations import (
    absences,
    departments,
    groups,
    hours,
    invitations,
    leaving,
    passwords,
    persons,
    photos,
    profiles,
    roles,
)

__all__ = [
    "absences",
    "departments",
    "groups",
    "hours",
    "invitations",
    "leaving",
    "passwords",
    "persons",
    "photos",
    "profiles",
    "roles",
]
