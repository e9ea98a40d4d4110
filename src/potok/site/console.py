"""How the product speaks in a terminal: one line an event, in the language of the terminal, without Django."""

import gettext
import sys
import time
from pathlib import Path

from potok.site import settings

_catalogue = gettext.translation(
    "django", Path(__file__).with_name("locale"), languages=[settings.CONSOLE_LANGUAGE], fallback=True
)


def translate(sentence: str) -> str:
    """Say it in the language of the terminal; the empty sentence stays empty."""
    return _catalogue.gettext(sentence) if sentence else ""


def say(sentence: str, /, **fields: object) -> None:
    """Print one event with its time."""
    write(f"{time.strftime('%H:%M:%S')} {translate(sentence).format(**fields)}")


def write(text: str) -> None:
    """Print as it is, at once: who waits for a line reads it through a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
