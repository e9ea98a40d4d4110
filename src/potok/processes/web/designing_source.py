"""The text of a definition as data, read by the fast half of PyYAML where it is there: nobody asks for lines here."""

import json
import re
from decimal import Decimal
from typing import Any

import yaml
from django.http import HttpRequest

from potok.engine.notation.tree import source as written
from potok.engine.problems import Problems
from potok.kit.errors import refusal
from potok.kit.words import _

NOT_A_DRAWING = refusal("processes.not_a_drawing", _("What came is no definition. Load the page again."))
COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
FAST = getattr(yaml, "CSafeLoader", None)


def plain(text: str) -> written.Plain:
    """Give the data of a text; None for what cannot be read."""
    if FAST is not None and len(text) <= written.SIZE_MAX:
        try:
            if _is_plain(text):
                node = yaml.compose(text, Quick)
                return written.Builder().plain(node, ()) if node else None
        except yaml.YAMLError:
            return None
    read = written.parse(text)
    return None if isinstance(read, Problems) else read.plain


def body(request: HttpRequest) -> dict[str, Any]:
    """What the designer sends."""
    try:
        given = json.loads(request.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise NOT_A_DRAWING() from None
    if not isinstance(given, dict):
        raise NOT_A_DRAWING()
    return given


def given(request: HttpRequest) -> dict[str, Any]:
    """What the designer sends about a definition, whose data is its `source`."""
    found = body(request)
    if not isinstance(found.get("source"), dict):
        raise NOT_A_DRAWING()
    return found


def comments(text: str) -> int:
    """Count the comments in a text: what is drawn is kept without them."""
    found = [match.start() for match in COMMENT.finditer(text)]
    if not found:
        return 0
    try:
        scalars = [token for token in yaml.scan(text, Quick) if isinstance(token, yaml.ScalarToken)]
    except yaml.YAMLError:
        return 0
    spans = [(token.start_mark.index, token.end_mark.index) for token in scalars]
    return sum(not any(start <= at < end for start, end in spans) for at in found)


class Quick(FAST or yaml.SafeLoader):  # type: ignore[misc]
    """Reads as the loader of definitions does."""

    yaml_implicit_resolvers = written.Loader.yaml_implicit_resolvers


def _is_plain(text: str) -> bool:
    """Tell whether nothing is in it that a definition may not hold: anchors, tags, endless depth."""
    depth = 0
    for event in yaml.parse(text, Quick):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > written.DEPTH_MAX or getattr(event, "anchor", None) or getattr(event, "tag", None):
            return False
    return True
