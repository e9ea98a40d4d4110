"""Where things of CalDAV are."""

from urllib.parse import quote

from potok.caldav.collections import Shelf

ROOT = "/dav/"
WELL_KNOWN = "/.well-known/caldav"


def principal(person: int) -> str:
    return f"{ROOT}people/{person}/"


def home(person: int) -> str:
    return f"{ROOT}calendars/{person}/"


def shelf(person: int, one: Shelf) -> str:
    return f"{home(person)}{one.code}/"


def thing(person: int, one: Shelf, name: str) -> str:
    return shelf(person, one) + quote(name, safe="@:+,!'()*~")
