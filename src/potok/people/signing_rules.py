"""What the company asks of those who sign in, and whether somebody gives it."""

from django.core.cache import cache

from potok.people.models import Authenticator, Passkey, Person, SignInRules

KEY, SECONDS = "people.sign_in_rules", 30


def second_factor() -> str:
    """Of whom more than a password is asked."""
    # Asked with every page; another process of the server hears of a change half a minute later.
    known = cache.get(KEY)
    if known is None:
        found = SignInRules.objects.filter(pk=1).first()
        known = found.second_factor if found else SignInRules.NOBODY
        cache.set(KEY, known, SECONDS)
    return str(known)


def forget() -> None:
    """Read them anew."""
    cache.delete(KEY)


def has_factor(person: Person) -> bool:
    """Tell whether the person has anything beside the password."""
    apps = Authenticator.objects.filter(person=person).exclude(confirmed_at=None)
    return apps.exists() or Passkey.objects.filter(person=person).exists()


def lacks(person: Person) -> bool:
    """Tell whether the company asks for more than the person has."""
    asked = second_factor()
    is_meant = asked == SignInRules.EVERYBODY or (asked == SignInRules.ADMINISTRATORS and person.is_administrator)
    return is_meant and not has_factor(person)
