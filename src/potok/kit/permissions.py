"""Permissions by name; roles grant them (see `people`), operations need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from potok.kit.errors import Refused
from potok.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Ask:
    """May this person do this, to what these people own? `owners` is None where the act concerns no record; `thing` is
    the record itself, for a gate that looks closer."""

    by: int | None
    permission: str
    owners: tuple[int | None, ...] | None
    thing: Any = None


class Gate(Protocol):
    """Decides who may do what: None, or the refusal that names the missing permission."""

    def __call__(self, asks: Sequence[Ask]) -> Sequence[Refused | None]: ...


@dataclass(frozen=True, slots=True)
class Permission:
    """`of_records` says that it reaches as far as a role's extent: own, department, subtree or all. A `gate` of its own
    judges every operation that needs it, in the place of the usual one, where more than roles and owners counts."""

    name: str
    title: Any  # a lazily translated text
    of_records: bool = False
    gate: Gate | None = None


permissions: Registry[Permission] = Registry("permission")


def permission(name: str, title: Any, *, of_records: bool = False, gate: Gate | None = None) -> str:
    """Declare a permission and return its name, for `needs=`."""
    return permissions.add(name, Permission(name, title, of_records, gate)).name
