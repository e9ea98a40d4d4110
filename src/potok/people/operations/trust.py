"""Power over people does not grow by itself: what only an administrator may do, and that one always remains."""

from potok.kit.calls import Call
from potok.people.models import Person
from potok.people.rules import LAST_ADMINISTRATOR, NEEDS_ADMINISTRATOR, check_trust


def is_administrator(call: Call) -> bool:
    """Tell whether the system or an administrator asks."""
    return call.by is None or Person.objects.filter(pk=call.by, is_administrator=True, is_active=True).exists()


def check_administrator(call: Call) -> None:
    """Refuse everybody but the system and administrators."""
    if not is_administrator(call):
        raise NEEDS_ADMINISTRATOR()


def check_over(call: Call, *, person: Person) -> None:
    """Refuse to let anybody but an administrator change an administrator."""
    if person.is_administrator and not is_administrator(call):
        raise NEEDS_ADMINISTRATOR()


def check_permissions(call: Call, *, names: list[str]) -> None:
    """Refuse to let anybody but an administrator hand out permissions over people."""
    check_trust(names, by_administrator=is_administrator(call))


def check_one_remains(person: Person) -> None:
    """Refuse to lose the last administrator. Locks them all, so that two cannot leave at the same time."""
    administrators = Person.objects.select_for_update().filter(is_administrator=True, is_active=True).order_by("pk")
    if {one.pk for one in administrators} == {person.pk}:
        raise LAST_ADMINISTRATOR()
