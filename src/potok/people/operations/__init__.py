"""Every write of people, a module per noun; its verbs are called through it: `persons.add(...)`, `roles.grant(...)`."""

from potok.people.operations import (
    absences,
    departments,
    factors,
    groups,
    hours,
    invitations,
    leaving,
    passwords,
    persons,
    photos,
    profiles,
    roles,
    sessions,
)

__all__ = [
    "absences",
    "departments",
    "factors",
    "groups",
    "hours",
    "invitations",
    "leaving",
    "passwords",
    "persons",
    "photos",
    "profiles",
    "roles",
    "sessions",
]
