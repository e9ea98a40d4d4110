"""Questions to SAML providers that wait for their answers; each is answered once and fetched once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from potok.kit import clock
from potok.providers.models import Asked, Provider

WAITS = timedelta(minutes=10)


def note(provider: Provider, number: str) -> None:
    """A question is on its way."""
    Asked.objects.create(id=number, provider=provider, at=clock.now())


def is_waiting(provider: Provider, number: str) -> bool:
    """Tell whether a question of this number waits for its answer."""
    return _fresh(provider, number).filter(claim__isnull=True).exists()


def answer(provider: Provider, number: str, *, claim: Mapping[str, Any]) -> None:
    """Keep the answer until it is fetched; a second one changes nothing."""
    _fresh(provider, number).filter(claim__isnull=True).update(claim=dict(claim))


def take(provider: Provider, number: str) -> dict[str, Any] | None:
    """Hand out the answer, once."""
    found = _fresh(provider, number).filter(claim__isnull=False).first()
    if found is None or not Asked.objects.filter(pk=found.pk).delete()[0]:
        return None
    return dict(found.claim or {})


def _fresh(provider: Provider, number: str) -> QuerySet[Asked]:
    return Asked.objects.filter(pk=number, provider=provider, at__gt=clock.now() - WAITS)


@app.periodic(cron="40 3 * * *")
@app.task(name="potok.providers.sweep_asked", queueing_lock="potok.providers.sweep_asked")
def sweep(timestamp: int) -> None:
    """Forget questions that were never answered."""
    Asked.objects.filter(at__lt=clock.now() - WAITS).delete()
