"""People for pickers: what the person typed, in whichever layout, among all or among his subordinates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from potok.kit.keyboard import other_layout
from potok.people import queries
from potok.people.models import Membership, Person
from potok.people.web.asked import me
from potok.ui.shapes import Option

MOST = 20


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker for `q`; `within=subordinates` leaves those under the person who asks."""
    typed = request.GET.get("q", "")
    among = _among(request)
    people = list(queries.found(typed, among=among)[:MOST])
    if not people and typed:
        people = list(queries.found(other_layout(typed), among=among)[:MOST])
    return render(request, "people/_options.html", {"options": options(people)})


def options(people: list[Person]) -> list[Option]:
    """Draw people as options, each with where he works."""
    places: dict[int, list[str]] = {person.pk: [] for person in people}
    for person, name in Membership.objects.filter(person__in=people).values_list("person", "department__name"):
        places[person].append(name)
    return [
        Option(str(one.pk), str(one), note=", ".join(filter(None, (one.position, *places[one.pk]))), face=one)
        for one in people
    ]


def _among(request: HttpRequest) -> list[int] | None:
    if request.GET.get("within") == "subordinates":
        return queries.subordinates(head=me(request).pk)
    return None
