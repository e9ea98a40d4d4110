"""Somebody leaves: one page with everything that is his, to whom it goes, and what became of it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.people import leaving, queries, rules, standing_in
from potok.people.leaving import Estate, Thing
from potok.people.models import Person
from potok.people.operations import leaving as operations
from potok.people.permissions import EDIT_PEOPLE
from potok.people.web.asked import me, needs, person_or_nobody
from potok.people.web.find import options
from potok.ui import answers

SHOWN_MAX = 20


@dataclass(frozen=True)
class Left:
    """Things of one kind on the page: the first of them, and how many there are."""

    estate: Estate
    things: list[Thing]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.things)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, id: int) -> HttpResponse:
    """Draw what a person holds, or hand it over and dismiss him."""
    person = queries.person(id)
    if request.method == "GET":
        needs(request, EDIT_PEOPLE)
        heir = _heir(person)
        shown = {"person": person, "lefts": _lefts(person), "heir": options([heir] if heir else [])}
        return answers.draw(request, "people/leaving.html", shown)
    to = person_or_nobody(request.POST.get("to"))
    if to is None:
        raise rules.WRONG_HEIR(place="to")
    asked = {one.name: person_or_nobody(request.POST.get(f"to.{one.name}")) for one in leaving.all_estates()}
    with opened(me(request).pk, door="screen") as call:
        heirs = {name: heir for name, heir in asked.items() if heir is not None}
        done = operations.leave(call, person=person, to=to, heirs=heirs)
    return answers.draw(request, "people/left.html", {"person": person, "done": done})


def _lefts(person: Person) -> list[Left]:
    found = [(one, list(one.left(person))) for one in leaving.all_estates()]
    return [Left(one, things[:SHOWN_MAX], len(things)) for one, things in found if things]


def _heir(person: Person) -> Person | None:
    """Whoever would stand in for him."""
    first = standing_in.candidates([person.pk], load={})[person.pk][:1]
    return queries.person(first[0]) if first else None
