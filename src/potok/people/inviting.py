"""Questions about invitations: whether one is open, who invites, how one's letter is keyed."""

from potok.kit import clock
from potok.people.models import Invitation, Person


def key(invitation: int) -> str:
    """The key under which its letter leaves the house, once."""
    return f"people.invitation:{invitation}"


def is_open(invitation: int) -> bool:
    """Tell whether an invitation may still be used."""
    waiting = Invitation.objects.filter(pk=invitation, accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
    return waiting.exists()


def host(invitation: int) -> Person | None:
    """Fetch who invites; nobody if the system does."""
    return Invitation.objects.select_related("by").get(pk=invitation).by
