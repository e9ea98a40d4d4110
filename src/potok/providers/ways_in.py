"""What the page of signing in gets: a button for each provider that is asked by its own page, and the directories."""

import logging

from django.db.models import QuerySet

from potok.kit.doors import opened
from potok.kit.errors import Trouble
from potok.people.public import ways
from potok.providers import arriving, ldap, rules
from potok.providers.kinds import LDAP
from potok.providers.models import Provider


def doors() -> list[ways.Door]:
    """A button for each provider that has a page of its own."""
    found = Provider.objects.filter(is_on=True).exclude(kind=LDAP.name).order_by("title", "pk")
    return [ways.Door(one.title, f"/sign-in/with/{one.pk}") for one in found]


def takes_logins() -> bool:
    """Tell whether there is a directory to be asked."""
    return _directories().exists()


def judge(login: str, password: str) -> ways.Proved | None:
    """Whose login and password these are, by the directories; one that does not answer is told when no other knows."""
    silent: Provider | None = None
    for provider in _directories():
        try:
            claim = ldap.prove(provider, login=login, password=password)
        except Trouble as trouble:
            logging.getLogger(__name__).warning("%s: %s", provider.title, trouble.sentence())
            silent = provider
            continue
        if claim is not None:
            with opened(None, door="screen") as call:
                person = arriving.meet(call, provider=provider, claim=claim)
            return ways.Proved(person, ways.through(provider.title), provider.is_enough)
    if silent is not None:
        raise rules.UNREACHABLE(provider=silent.title, place="password")
    return None


def _directories() -> QuerySet[Provider]:
    return Provider.objects.filter(is_on=True, kind=LDAP.name).order_by("title", "pk")
