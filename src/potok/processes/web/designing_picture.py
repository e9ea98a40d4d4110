"""A definition as a picture to look at: what `<potok-picture data-picture="…">` draws, with marks on single steps."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext

from potok.engine.notation.tree import source as written
from potok.processes.web import designing_palette, designing_source, designing_values, designing_words


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is told of one step.

    `state` is a word of the process language (done, run, person, wait, timer, incident, todo, skip) or of a difference
    (added, dropped, changed, moved); `heat` a warmth from 1 to 4; `note` a few words on the edge of its box; `title`
    what a pointer is told; `href` where a press leads.
    """

    state: str = ""
    heat: int = 0
    note: str = ""
    title: str = ""
    href: str = ""


def drawn(source: str, *, marks: Mapping[str, Mark] | None = None, stages: Sequence[str] = (), label: str = "") -> str:
    """Give the JSON of a picture; nothing for a text that cannot be read.

    A step is named as its node in the graph is: by its id, else by its place ("do.2.if.0.do.0"); a stage by its id.
    `stages` are those that a run came to, one after another: the ways between them are coloured.
    """
    plain = designing_source.plain(source)
    if not isinstance(plain, dict):
        return ""
    return json.dumps(
        {
            "source": for_browser(plain),
            "notation": notation_of(plain),
            "palette": designing_palette.faces(_kinds(plain)),
            "values": designing_values.values_of(plain, only=str(plain.get("record") or "")),
            "words": {name: gettext(sentence) for name, sentence in designing_words.OF_A_PICTURE.items()},
            "label": label or gettext("Diagram"),
            "marks": {name: _told(mark) for name, mark in (marks or {}).items()},
            "taken": sorted({f"{one}:{other}" for one, other in pairwise(stages)}),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def notation_of(plain: written.Plain) -> str:
    """Tell in which notation a text is written."""
    return "stages" if isinstance(plain, dict) and "stages" in plain else "tree"


def for_browser(plain: written.Plain) -> Any:
    """Numbers as JSON has them; a fraction would else go out as text."""
    return json.loads(json.dumps(plain, default=float))


def _told(mark: Mark) -> dict[str, Any]:
    return {name: value for name, value in asdict(mark).items() if value}


def _kinds(plain: Any) -> set[str]:
    """Every key and every name of a block that stands in a definition: among them are all kinds of its steps."""
    if isinstance(plain, dict):
        inner = [plain.get("block"), *plain.values()]
        return {str(key) for key in plain} | set().union(*map(_kinds, inner))
    if isinstance(plain, list):
        return set().union(*map(_kinds, plain)) if plain else set()
    return {plain} if isinstance(plain, str) else set()
