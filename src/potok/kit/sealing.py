"""Secrets that the database keeps and only this installation can read: its keys lie in a file outside of it."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from potok.kit.errors import Trouble
from potok.kit.words import _

UNREADABLE = _("A stored secret cannot be read: the keys of this installation are others. Enter it anew.")


def seal(secret: bytes) -> str:
    """Encrypt with the newest key; an empty secret stays empty."""
    return _cipher().encrypt(secret).decode() if secret else ""


def unseal(sealed: str) -> bytes:
    """Decrypt what `seal` has made, with whichever key fits."""
    try:
        return _cipher().decrypt(sealed.encode()) if sealed else b""
    except InvalidToken as failure:
        raise Trouble("kit.sealed", UNREADABLE, lasting=True) from failure


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key + "=" * (-len(key) % 4)) for key in settings.ENCRYPTION_KEYS])
