"""Where the database and the server are: reads `DATABASE_URL` and `PORT`; nothing here opens a connection."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def port(text: str) -> int:
    """Read a port number."""
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise SystemExit(f"PORT must be a number up to 65535, not {text!r}")
    return int(text)


def zone(name: str) -> str:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        raise SystemExit(f"POTOK_ZONE must be a time zone such as Europe/Moscow, not {name!r}") from None


def connection(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:5432/name?sslmode=require` into Django's words."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "NAME": unquote(parts.path.lstrip("/")) or "potok",
        "OPTIONS": options,
    }


def embedded(folder: Path) -> dict[str, Any]:
    """The words for our own server, whose socket lies in this folder."""
    return {"HOST": str(folder), "PORT": "", "USER": "potok", "PASSWORD": "", "NAME": "postgres", "OPTIONS": {}}


def parameters() -> dict[str, Any]:
    """The same server for a connection of our own, beside Django and its pool: to listen, to beat, to ask."""
    from django.db import connection

    words = connection.get_connection_params()
    # These two make Django's own kind of cursor and row.
    return {name: words[name] for name in words if name not in {"cursor_factory", "context"}}
