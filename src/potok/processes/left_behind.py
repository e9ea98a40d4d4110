"""What somebody who leaves the company holds in processes: assignments, places in queues, constants; and definitions
that name him, or count on a role of his, which only a person can change."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.people.public import Person, leaving
from potok.processes.operations import handover
from potok.processes.queries.holdings import NAMED, Holding, holdings


def register() -> None:
    """Register once, at start-up."""
    estate = leaving.Estate("process", gettext_lazy("Processes"), _left, _hand, instead_of=frozenset({"assignment"}))
    leaving.estates.add(estate.name, estate)


def _left(person: Person) -> list[leaving.Thing]:
    return [_thing(one, _by_hand(one)) for one in holdings(person.pk)]


def _hand(call: Call, person: Person, to: Person) -> list[leaving.Thing]:
    done = handover.carry_out(call, person=person, to=to)
    staying = [one for one in done if not one.is_done]
    return [_thing(one.holding, one.refused.sentence() if one.refused else _by_hand(one.holding)) for one in staying]


def _by_hand(one: Holding) -> str:
    if not one.is_by_hand:
        return ""
    return _("the text names him: change it") if one.kind == NAMED else _("counts on his role: give it to somebody")


def _thing(one: Holding, by_hand: str) -> leaving.Thing:
    return leaving.Thing(one.title, one.url, one.about, by_hand)
