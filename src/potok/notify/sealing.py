"""Secrets that the database keeps and only this installation can read: its keys lie in a file outside of it."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from potok.kit.errors import Trouble
from potok.kit.words import _

UNREADABLE = _("A stored secret cannot be read: the keys of this installation are others. Enter it anew.")


def seal(text: str) -> str:
    """Encrypt; an empty text stays empty."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Decrypt what `seal` has made."""
    try:
        return _cipher().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken as failure:
        raise Trouble("notify.sealed", UNREADABLE, lasting=True) from failure


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key + "=" * (-len(key) % 4)) for key in settings.ENCRYPTION_KEYS])
