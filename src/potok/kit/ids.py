"""Makes identities: the only place that draws chance."""

import secrets
import time


def new_key() -> str:
    """Make a key that sorts by time and repeats nowhere: 12 hex digits of milliseconds, 20 of chance."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def new_secret(length: int = 32) -> str:
    """Make a secret of letters and digits only, as REST clients demand of tokens."""
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(secrets.choice(alphabet) for _ in range(length))
