"""Leaving the company: everything that belongs to a person goes to others, and then he is let in no longer."""

from collections.abc import Mapping
from dataclasses import dataclass

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people import leaving, rules
from potok.people.leaving import Estate, Thing
from potok.people.models import Person
from potok.people.operations import persons, trust
from potok.people.permissions import EDIT_PEOPLE


@dataclass(frozen=True, slots=True)
class Handed:
    """Things of one kind: how many went to whom, and what stayed."""

    estate: Estate
    to: Person
    count: int
    stayed: tuple[Thing, ...]


@operation("people.person.leave", needs=EDIT_PEOPLE)
def leave(call: Call, *, person: Person, to: Person, heirs: Mapping[str, Person] | None = None) -> list[Handed]:
    """Let everything that belongs to a person go to `to`, or as `heirs` say for each kind, and dismiss him.

    Answers for each kind what became of it. What nobody but a person can decide stays and is told.
    """
    trust.check_over(call, person=person)
    chosen = {to, *(heirs or {}).values()}
    if person in chosen or any(not one.is_active or one.is_external for one in chosen):
        raise rules.WRONG_HEIR(place="to")
    if person.is_administrator:
        trust.check_one_remains(person)
    done = [_hand(call.by_system(), one, person, (heirs or {}).get(one.name, to)) for one in leaving.all_estates()]
    persons.dismiss(call, person=person)
    return [one for one in done if one.count or one.stayed]


def _hand(call: Call, estate: Estate, person: Person, to: Person) -> Handed:
    held = estate.left(person)
    stayed = tuple(estate.hand(call, person, to)) if held else ()
    return Handed(estate, to, len(held) - len(stayed), stayed)
