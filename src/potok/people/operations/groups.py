"""Groups of people across departments."""

from collections.abc import Sequence

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import GroupChanged
from potok.people.models import Group, Person
from potok.people.permissions import EDIT_GROUPS


@operation("people.group.add", needs=EDIT_GROUPS)
def add(call: Call, *, name: str, people: Sequence[Person] = ()) -> Group:
    """Make a group of these people."""
    group = Group.objects.create(name=_named(name))
    group.people.set(people)
    announce(GroupChanged(call=call, group=group.pk))
    return group


@operation("people.group.change", needs=EDIT_GROUPS)
def change(call: Call, *, group: Group, name: str | None = None, people: Sequence[Person] | None = None) -> Group:
    """Call a group something else, or let exactly these people be in it."""
    if name is not None:
        group.name = _named(name, but=group.pk)
        group.save(update_fields=["name"])
    if people is not None:
        group.people.set(people)
    announce(GroupChanged(call=call, group=group.pk))
    return group


def _named(name: str, *, but: int = 0) -> str:
    name = name.strip()
    if not name:
        raise rules.UNTITLED_GROUP(place="name")
    if Group.objects.filter(name=name).exclude(pk=but).exists():
        raise rules.GROUP_TAKEN(place="name", name=name)
    return name
