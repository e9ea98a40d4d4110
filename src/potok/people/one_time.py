"""Codes that work once: those an app shows for half a minute (RFC 6238), and those kept for when the phone is lost."""

import base64
import hmac
from collections.abc import Iterator
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.crypto import get_random_string, salted_hmac

SECONDS, DIGITS = 30, 6
SECRET_BYTES = 20
# A clock may be wrong by half a minute, and typing takes time.
STEPS_BESIDE = (0, -1, 1)
RECOVERY_CODES, RECOVERY_LETTERS = 10, 10
UNLIKE_EACH_OTHER = "abcdefghjkmnpqrstuvwxyz23456789"


def step_of(code: str, *, secret: bytes, at: datetime, after: int) -> int | None:
    """Tell which half minute a code belongs to; None if it is wrong, too old, or was used already."""
    code, now = "".join(code.split()), int(at.timestamp()) // SECONDS
    # SHA-1 is what every app speaks; nothing here depends on collisions.
    made = TOTP(secret, DIGITS, SHA1(), SECONDS, enforce_key_length=False)  # noqa: S303
    for step in (now + beside for beside in STEPS_BESIDE):
        if step > after and hmac.compare_digest(made.generate(step * SECONDS), code.encode()):
            return step
    return None


def uri(secret: bytes, *, email: str, issuer: str) -> str:
    """Write the secret as apps take it."""
    made = TOTP(secret, DIGITS, SHA1(), SECONDS, enforce_key_length=False)  # noqa: S303
    return made.get_provisioning_uri(email, issuer)


def picture(text: str) -> str:
    """Draw a QR code as SVG."""
    return str(segno.make(text, error="m").svg_inline(scale=4, border=3, dark="#000", light="#fff"))


def spelled(secret: bytes) -> str:
    """Spell the secret for whoever types it in: groups of four letters."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def recovery_codes() -> Iterator[str]:
    """Draw new codes, each in two halves."""
    for _ in range(RECOVERY_CODES):
        drawn = get_random_string(RECOVERY_LETTERS, UNLIKE_EACH_OTHER)
        yield f"{drawn[:5]}-{drawn[5:]}"


def digest(code: str) -> str:
    """What is kept of a recovery code; letters of any size, with or without its hyphen."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return salted_hmac("people.recovery", plain, algorithm="sha256").hexdigest()
