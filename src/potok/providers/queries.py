"""Questions about providers."""

from collections.abc import Sequence

from potok.kit.errors import MISSING
from potok.providers.models import Provider


def provider(id: int) -> Provider:
    """Fetch a provider, or refuse with `kit.missing`."""
    found = Provider.objects.select_related("role").filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found


def of_kind(id: int, *, kinds: Sequence[str], is_open: bool = True) -> Provider:
    """Fetch a provider of one of these kinds through which people come in now, or refuse with `kit.missing`."""
    found = provider(id)
    if found.kind not in kinds or (is_open and not found.is_on):
        raise MISSING(id=id)
    return found
