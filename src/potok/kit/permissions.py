"""Permissions by name; roles grant them (see `people`), operations need them."""

from dataclasses import dataclass
from typing import Any

from potok.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Permission:
    """`of_records` says that it reaches as far as a role's extent: own, department, subtree or all."""

    name: str
    title: Any  # a lazily translated text
    of_records: bool = False


permissions: Registry[Permission] = Registry("permission")


def permission(name: str, title: Any, *, of_records: bool = False) -> str:
    """Declare a permission and return its name, for `needs=`."""
    return permissions.add(name, Permission(name, title, of_records)).name
