"""How events and tasks are called outside: as the device that wrote them down did, otherwise by their number."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from potok.caldav.models import Name

EVENT, TASK = "event", "task"
USUAL = re.compile(r"(event|task)-(\d{1,18})\.ics")


@dataclass(frozen=True, slots=True)
class Called:
    """The last part of an address, and the name inside the text."""

    name: str
    uid: str


def usual(kind: str, thing: int) -> Called:
    """What something is called that was written down here."""
    return Called(f"{kind}-{thing}.ics", f"{kind}-{thing}@potok")


def of(kind: str, things: Collection[int]) -> dict[int, Called]:
    """What all of these are called."""
    given = {one.thing: Called(one.name, one.uid) for one in Name.objects.filter(kind=kind, thing__in=things)}
    return {thing: given.get(thing) or usual(kind, thing) for thing in things}


def numbers(kind: str, name: str) -> set[int]:
    """Which things this name may mean; whoever asks knows which of them are there for him."""
    meant = USUAL.fullmatch(name)
    own = {int(meant[2])} if meant and meant[1] == kind else set()
    return own | set(Name.objects.filter(kind=kind, name=name).values_list("thing", flat=True))


def with_uid(kind: str, uid: str) -> set[int]:
    """Which things have this name inside."""
    meant = USUAL.fullmatch(uid.removesuffix("@potok") + ".ics") if uid.endswith("@potok") else None
    own = {int(meant[2])} if meant and meant[1] == kind else set()
    return own | set(Name.objects.filter(kind=kind, uid=uid).values_list("thing", flat=True))


def keep(kind: str, thing: int, *, name: str, uid: str) -> None:
    """Remember what a device called a thing that it wrote down."""
    Name.objects.update_or_create(kind=kind, thing=thing, defaults={"name": name, "uid": uid})
