"""Between the password and the second factor: who is half in, kept in the session for some minutes."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from potok.kit import clock
from potok.people import rules
from potok.people.models import Person

KEY, MINUTES = "half_in", 10


@dataclass(frozen=True)
class HalfIn:
    """Who has proved himself with one thing, by which way, and where he wants to go."""

    person: Person
    url: str
    how: str


def begin(request: HttpRequest, *, person: Person, url: str, how: str) -> HttpResponse:
    """Ask for the second factor."""
    # Another session than the one before: whoever knew that one does not come in with this.
    request.session.flush()
    known = person.get_session_auth_hash()
    kept = {"person": person.pk, "url": url, "at": clock.now().timestamp(), "hash": known, "how": how}
    request.session[KEY] = kept
    return HttpResponseRedirect("/sign-in/second", status=303)


def current(request: HttpRequest) -> HalfIn:
    """Who is half in; refused when it took too long, or the password is another one meanwhile."""
    kept = request.session.get(KEY)
    if not kept or clock.now().timestamp() - kept["at"] > MINUTES * 60:
        raise rules.SIGN_IN_ANEW()
    person = Person.objects.filter(pk=kept["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != kept["hash"]:
        raise rules.SIGN_IN_ANEW()
    return HalfIn(person, kept["url"], kept["how"])
