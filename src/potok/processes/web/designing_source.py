"""The text of a definition as data, read by the fast half of PyYAML where it is there: nobody asks for lines here."""

import yaml

from potok.engine.notation.tree import source as written
from potok.engine.problems import Problems

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
