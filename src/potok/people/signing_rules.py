"""What the company asks of those who sign in, and whether somebody gives it."""

from django.core.cache import cache

from potok.people.models import Authenticator, Passkey, Person, SignInRules

KEY, SECONDS = "people.sign_in_rules", 30
# In the session of who came another way that asks for more than a password itself.
PROVED_ELSEWHERE = "proved_elsewhere"


def second_factor() -> str:
    """Of whom more than a password is asked."""
    return _known().second_factor


def is_only_through_others() -> bool:
    """Tell whether only administrators come in by a password, a link or a passkey of ours."""
    return _known().only_through_others


def forget() -> None:
    """Read them anew."""
    cache.delete(KEY)


def has_factor(person: Person) -> bool:
    """Tell whether the person has anything beside the password."""
    apps = Authenticator.objects.filter(person=person).exclude(confirmed_at=None)
    return apps.exists() or Passkey.objects.filter(person=person).exists()


def _known() -> SignInRules:
    # Asked with every page; another process of the server hears of a change half a minute later.
    known: SignInRules | None = cache.get(KEY)
    if known is None:
        known = SignInRules.objects.filter(pk=1).first() or SignInRules()
        cache.set(KEY, known, SECONDS)
    return known


def lacks(person: Person) -> bool:
    """Tell whether the company asks for more than the person has."""
    asked = second_factor()
    is_meant = asked == SignInRules.EVERYBODY or (asked == SignInRules.ADMINISTRATORS and person.is_administrator)
    return is_meant and not has_factor(person)
