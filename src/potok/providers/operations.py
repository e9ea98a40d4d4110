"""Providers: set, switched, removed; what one knows of a person is forgotten.

Whoever sets one could come in as anybody, so only administrators do.
"""

from collections.abc import Mapping
from typing import Any

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.kit.sealing import seal
from potok.people import public as people
from potok.people.public import Role, signing_rules
from potok.providers import checking, rules
from potok.providers.events import IdentityUnlinked, ProviderChanged
from potok.providers.models import Identity, Provider

EDIT_PEOPLE = people.permissions.EDIT_PEOPLE


@operation("providers.provider.add", needs=EDIT_PEOPLE)
def add(call: Call, *, kind: str, title: str, settings: Mapping[str, Any], secret: str = "") -> Provider:
    """Add a provider, which is switched off until somebody has tried it."""
    people.check_administrator(call)
    provider = Provider(
        kind=checking.kind(kind).name,
        title=checking.title(title),
        settings=checking.settings(kind, settings),
        sealed=seal(secret.encode()),
    )
    provider.save()
    announce(ProviderChanged(call=call, provider=provider.pk))
    return provider


@operation("providers.provider.change", needs=EDIT_PEOPLE)
def change(
    call: Call,
    *,
    provider: Provider,
    title: str | None = None,
    settings: Mapping[str, Any] | None = None,
    secret: str = "",
    domains: str | None = None,
    adds_people: bool | None = None,
    role: Role | None = None,
    is_enough: bool | None = None,
) -> Provider:
    """Set a provider otherwise; what is not given stays, and so does the secret. `role` is what newcomers get."""
    people.check_administrator(call)
    wanted: dict[str, Any] = {
        "title": None if title is None else checking.title(title, but=provider.pk),
        "settings": None if settings is None else checking.settings(provider.kind, settings),
        "sealed": seal(secret.encode()) or None,
        "domains": None if domains is None else rules.domains(domains),
        "adds_people": adds_people,
        "is_enough": is_enough,
        "role": role,
    }
    for place, value in wanted.items():
        if value is not None:
            setattr(provider, place, value)
    if adds_people is not None and role is None:
        provider.role = None
    provider.save()
    announce(ProviderChanged(call=call, provider=provider.pk))
    return provider


@operation("providers.provider.switch", needs=EDIT_PEOPLE)
def switch(call: Call, *, provider: Provider, is_on: bool) -> Provider:
    """Let people come in through a provider, or no longer."""
    people.check_administrator(call)
    if not is_on:
        _check_another(provider)
    provider.is_on = is_on
    provider.save(update_fields=["is_on"])
    announce(ProviderChanged(call=call, provider=provider.pk))
    return provider


@operation("providers.provider.remove", needs=EDIT_PEOPLE)
def remove(call: Call, *, provider: Provider) -> None:
    """Forget a provider and all it knew; the people stay."""
    people.check_administrator(call)
    _check_another(provider)
    gone = provider.pk
    provider.delete()
    announce(ProviderChanged(call=call, provider=gone))


@operation("providers.identity.unlink", needs=EDIT_PEOPLE)
def unlink(call: Call, *, identity: Identity) -> None:
    """Forget as whom a provider knows a person: the next sign-in with his address links him anew."""
    people.check_administrator(call)
    provider, person = identity.provider_id, identity.person_id
    identity.delete()
    announce(IdentityUnlinked(call=call, provider=provider, person=person))


def _check_another(provider: Provider) -> None:
    others = Provider.objects.filter(is_on=True).exclude(pk=provider.pk)
    if provider.is_on and signing_rules.is_only_through_others() and not others.exists():
        raise rules.LAST_WAY()
