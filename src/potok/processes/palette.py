"""The palette as data: what the designer, REST and the help pages know of blocks, derived from their declarations."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from potok.engine import values
from potok.processes import kinds
from potok.processes.block import Block, blocks
from potok.processes.construct import GROUP, Construct, Key, constructs


def palette() -> list[dict[str, Any]]:
    """Describe every block and construct as JSON, in the language that is active now. Constructs have a `word`."""
    return [
        *(described(block) for block in blocks.all().values()),
        *(described_construct(construct) for construct in constructs.all().values()),
    ]


def described(block: Block) -> dict[str, Any]:
    """Describe one block."""
    face = block.face()
    results = {} if callable(face.results) else {name: asdict(type) for name, type in face.results.items()}
    title, _, body = block.help.partition("\n\n")
    return {
        "name": block.name,
        "title": gettext(block.title),
        "group": block.group,
        "summary": title,
        "help": body,
        "waits": face.waits,
        "params": [_parameter(each) for each in kinds.parameters(block.params).values()],
        "results": results,
        "known_as": dict(block.known_as),
    }


def _parameter(each: kinds.Parameter) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": gettext(each.title),
        "help": gettext(each.help) if each.help else "",
        "kind": str(each.kind),
        "type": asdict(each.type),
        "required": each.required,
        "default": None if each.required else values.encode(each.default),
        "choices": [[key, gettext(title)] for key, title in each.choices.items()],
    }


def described_construct(construct: Construct) -> dict[str, Any]:
    """Describe one construct, with the same keys as a block and how it stands in the text of a definition."""
    title, _, body = construct.help.partition("\n\n")
    return {
        "name": construct.name,
        "word": construct.word,
        "form": construct.form.strip(),
        "title": gettext(construct.title),
        "group": GROUP,
        "summary": title,
        "help": body,
        "waits": construct.waits,
        "params": [_key(each) for each in construct.keys],
        "results": {},
        "known_as": dict(construct.known_as),
    }


def _key(each: Key) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": gettext(each.title),
        "help": gettext(each.help),
        "kind": str(each.kind),
        "required": each.required,
        "default": each.default,
        "choices": [[key, gettext(title)] for key, title in each.choices.items()],
    }
