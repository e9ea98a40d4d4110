"""Who works here: people from outside see no absences."""

from django.http import HttpRequest

from potok.kit.errors import MISSING
from potok.people.public import Person


def inside(request: HttpRequest) -> Person:
    """The person who asks; from outside there is nothing here."""
    assert isinstance(request.user, Person)
    if request.user.is_external:
        raise MISSING(id=0)
    return request.user
