"""Providers as administrators make them."""

from typing import Any

from potok.kit.doors import opened
from potok.providers import operations
from potok.providers.models import Provider
from tests.company import Company


def made(company: Company, kind: str, *, title: str = "Login Firm", secret: str = "", **settings: Any) -> Provider:
    """A provider that is switched on."""
    with opened(company.ann.pk, door="screen") as call:
        provider = operations.add(call, kind=kind, title=title, settings=settings, secret=secret)
        return operations.switch(call, provider=provider, is_on=True)


def changed(company: Company, provider: Provider, **wanted: Any) -> Provider:
    """The same provider, set otherwise."""
    with opened(company.ann.pk, door="screen") as call:
        return operations.change(call, provider=provider, **wanted)
