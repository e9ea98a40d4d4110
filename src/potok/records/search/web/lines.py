"""What was found as lines to draw: asked of the sources together, a question or two for each kind."""

from collections.abc import Sequence

from potok.records.search.kinds import source
from potok.records.search.ranking import Hit
from potok.records.search.sources import Shown, Source
from potok.ui.shapes import Found


def drawn(hits: Sequence[Hit], *, marked: str) -> list[Found]:
    """Draw hits in their order; what has gone meanwhile is left out."""
    shown: dict[tuple[str, int], tuple[Source, Shown]] = {}
    for kind in {hit.kind for hit in hits}:
        of = source(kind)
        found = of.draw([hit.object for hit in hits if hit.kind == kind])
        shown |= {(kind, id): (of, one) for id, one in found.items()}
    lines = []
    for hit in hits:
        if known := shown.get((hit.kind, hit.object)):
            of, one = known
            lines.append(Found(hit.title, one.url, one.icon or of.icon, one.note, marked, one.drawer))
    return lines
