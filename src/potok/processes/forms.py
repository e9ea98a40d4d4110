"""The form of an assignment as data: what a page needs to draw it and an answer is checked against.

{"answers": [{"name": "done", "title": "…", "tone": "primary"}],
 "fields": [{"name": …, "type": {"kind": "person", …}, "title": …, "required": …, "choices": …, "default": …}],
 "comment": {"shown": true, "title": "…", "required": ["rejected"]}}
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from potok.engine import values
from potok.engine.graph import AskedField
from potok.engine.values import PersonRef


def asked_form(
    answers: Sequence[tuple[str, str]],
    *,
    fields: Iterable[AskedField] = (),
    comment: bool = False,
    comment_required: Sequence[str] = (),
) -> dict[str, Any]:
    """Make the form: the answers as name and words on the button, the first of them the primary one."""
    tones = ["primary", *["plain"] * len(answers)]
    return {
        "answers": [
            {"name": name, "title": title, "tone": tone} for (name, title), tone in zip(answers, tones, strict=False)
        ],
        "fields": [_field(each) for each in fields],
        "comment": {"shown": comment or bool(comment_required), "required": list(comment_required)},
    }


def codes(people: Iterable[PersonRef | str]) -> tuple[str, ...]:
    """Turn people as a parameter gives them into codes, of which `people.resolve` makes persons."""
    return tuple(f"user_{each.id}" if isinstance(each, PersonRef) else each for each in people)


def _field(asked: AskedField) -> dict[str, Any]:
    return {
        "name": asked.name,
        "type": asdict(asked.type),
        "title": asked.title or asked.name,
        "help": asked.help,
        "required": asked.required,
        "choices": [list(choice) for choice in asked.choices],
        "default": values.encode(asked.default),
        "among": None if asked.among is None else values.encode(asked.among),
    }
