"""Who may come in with this e-mail and password. Tries are counted for the address they come from and for the login."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from potok.people import rules
from potok.people.limits import Bucket
from potok.people.models import Person

BY_LOGIN = Bucket("sign-in login", size=10, seconds=60)
BY_ADDRESS = Bucket("sign-in address", size=50, seconds=10)


def admit(request: HttpRequest, *, email: str, password: str) -> Person:
    """Find the person, or refuse without saying which of the two was wrong."""
    login, address = email.strip().lower(), request.META.get("REMOTE_ADDR", "")
    # Before the password is looked at: a dry bucket costs no hashing. A try counts even if it was right.
    if not BY_ADDRESS.take(address) or not BY_LOGIN.take(login):
        raise rules.TOO_MANY_ATTEMPTS(minutes=max(1, BY_LOGIN.seconds // 60))
    person = authenticate(request, username=login, password=password)
    if not isinstance(person, Person):
        raise rules.WRONG_SIGN_IN(place="password")
    BY_LOGIN.fill(login)
    return person
