"""Secrets of people that the database keeps and only this installation can read: its keys lie in a file outside."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(secret: bytes) -> str:
    """Encrypt with the newest key."""
    return _cipher().encrypt(secret).decode()


def unseal(sealed: str) -> bytes:
    """Decrypt with whichever key fits."""
    return _cipher().decrypt(sealed.encode())


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key + "=" * (-len(key) % 4)) for key in settings.ENCRYPTION_KEYS])
