"""The form of an assignment as data: what a page needs to draw it and an answer is checked against.

{"answers": [{"name": "done", "title": "…", "tone": "primary", "needs": ["when"]}],
 "fields": [{"name": …, "type": {"kind": "person", …}, "title": …, "required": …, "choices": …, "default": …}],
 "comment": {"shown": true, "title": "…", "required": ["rejected"]}, "behalf": true}

The first answer is the primary one. With `leaves` it leaves the assignment to the others. `needs` names the fields that
have to be filled in for it; without it, those that are required. `behalf` asks for whom from outside one answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from potok.engine import values
from potok.engine.graph import AskedField
from potok.engine.values import PersonRef, Value
from potok.processes.block import Answers


def asked_form(
    answers: Sequence[tuple[str, str]],
    *,
    fields: Iterable[AskedField] = (),
    comment: bool = False,
    comment_required: Sequence[str] = (),
    further: Answers | None = None,
    leaves: Sequence[str] = (),
) -> dict[str, Any]:
    """Make the form: the answers as name and words on the button, the first of them the primary one.

    `further` are those that the author of the definition added; each may ask for a comment and for certain fields.
    Who gives one of `leaves` leaves the assignment to the others, if there are any.
    """
    tones = ["primary", *["plain"] * len(answers)]
    more = further or {}
    required = [*comment_required, *(name for name, each in more.items() if each.get("comment") == "required")]
    named = [{"name": name, "title": title, **({"leaves": True} if name in leaves else {})} for name, title in answers]
    return {
        "answers": [
            *({**one, "tone": tone} for one, tone in zip(named, tones, strict=False)),
            *(_further(name, each) for name, each in more.items()),
        ],
        "fields": [_field(each) for each in fields],
        "comment": {
            "shown": comment or bool(required) or any(each.get("comment") == "optional" for each in more.values()),
            "required": required,
        },
    }


def _further(name: str, said: Mapping[str, Value]) -> dict[str, Any]:
    needs = said.get("needs")
    needed = {} if not isinstance(needs, tuple) else {"needs": list(needs)}
    return {"name": name, "title": said.get("title") or name, "tone": said.get("tone") or "plain", **needed}


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
