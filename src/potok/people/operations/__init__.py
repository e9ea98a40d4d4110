"""Every write of people, a module per noun; its verbs are called through it: `persons.add(...)`, `roles.grant(...)`."""

from potok.people.operations import departments, groups, passwords, persons, photos, profiles, roles

__all__ = ["departments", "groups", "passwords", "persons", "photos", "profiles", "roles"]
