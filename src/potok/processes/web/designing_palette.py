"""The palette as the designer draws it: the reference with groups, icons and what cannot be done here."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from potok.engine.values import Type, title
from potok.kit.words import _
from potok.processes import palette as reference
from potok.processes.block import blocks
from potok.ui import words

FOLDERS = Path(__file__).resolve().parents[2] / "blocks"
PICTURE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
GROUPS = {
    "people": _("People"),
    "constructs": _("Course"),
    "tasks": _("Tasks and calendar"),
    "records": _("Records and documents"),
    "messages": _("Messages"),
    "data": _("Data"),
}
# Constructs that are no matter of course but of data.
OF_DATA = frozenset({"set_variable"})
# What another construct puts into a process for itself.
SERVING = frozenset({"globals.set"})
OF_TIME = frozenset({"pause", "wait", "race"})
# What a picture shows of a block.
SEEN = ("name", "word", "title", "group", "group_title", "picture", "tone", "waits", "params")


def palette() -> list[dict[str, Any]]:
    """Describe everything that may be drawn, in the order in which it is offered."""
    order = [*GROUPS]
    found = [_drawn(one) for one in reference.palette()]
    known = [one for one in found if not one["inner"]]
    return sorted(known, key=lambda one: order.index(one["group"]) if one["group"] in GROUPS else len(order))


def faces(names: Collection[str]) -> list[dict[str, Any]]:
    """Describe what is named, by the name of a block or the word of a construct, as far as a picture shows it."""
    return [
        {"results": {}, "cannot": "", "successor": "", **{key: one[key] for key in SEEN if key in one}}
        for one in (_drawn(told) for told in reference.palette())
        if one.get("word", one["name"]) in names
    ]


def _drawn(told: dict[str, Any]) -> dict[str, Any]:
    name = told["name"]
    group = "data" if name in OF_DATA else told["group"]
    return {
        **told,
        "summary": _in_words(told["summary"]),
        "help": _in_words(told["help"]),
        "group": group,
        "group_title": gettext(GROUPS[group]) if group in GROUPS else group,
        "picture": _picture(name),
        "tone": _tone(told),
        "results": _results(name),
        # What a notation puts into a process by itself is nothing to be drawn.
        "inner": told["group"] == "stages" or (name in blocks and blocks[name].serves in SERVING),
        "cannot": "",
        "successor": known_as(blocks[name].successor) if name in blocks else "",
    }


def known_as(foreign: str) -> str:
    """The block that Bitrix24 calls so; empty if it is not here."""
    called = ((block.known_as.get("bitrix24"), block.name) for block in blocks.all().values())
    return next((name for there, name in called if foreign and there == foreign), "")


def _in_words(text: str) -> str:
    """Help is written in English: in another language only what is translated is shown."""
    said = gettext(text) if text else ""
    return said if said != text or words.language() == "en" else ""


def _tone(told: dict[str, Any]) -> str:
    """The colour of the state it leads to: people ochre, time indigo, the rest grey."""
    if told["name"] in OF_TIME:
        return "timer"
    return "person" if told["waits"] and "word" not in told else ""


def _results(name: str) -> dict[str, Any]:
    if name not in blocks:
        return {}
    return {key: described(type) for key, type in blocks[name].face().results_of({}).items()}


def described(type: Type) -> dict[str, Any]:
    """A type for the browser, with its name for people."""
    return {"kind": type.kind, "multiple": type.multiple, "of": type.of, "title": gettext(title(type))}


@cache
def _picture(name: str) -> str:
    """What is inside the icon of a block's folder."""
    file = FOLDERS / name / "icon.svg"
    found = PICTURE.search(file.read_text(encoding="utf-8")) if file.exists() else None
    return found[1] if found else ""
