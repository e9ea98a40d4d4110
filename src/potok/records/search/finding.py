"""Finding: candidates from the index in one round trip, put in order, left only as far as the person may see them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from potok.records import access
from potok.records.record_types import record_types
from potok.records.search import candidates, learning
from potok.records.search.asking import Reading, variants
from potok.records.search.candidates import Asked
from potok.records.search.kinds import half_seen, kinds, source
from potok.records.search.ranking import Hit, Tier, ranked

MOST = 20
SHARED_MAX = 2_000
AT_ONCE = 3  # times as many are looked at as are wanted: some will be hidden


@dataclass(frozen=True)
class Answer:
    """What was found, the best first. `meant` is what was looked for where it is not what was typed."""

    hits: Sequence[Hit] = ()
    meant: str = ""

    def by_kind(self) -> Mapping[str, list[Hit]]:
        """The same in groups, in the order of their best."""
        grouped: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            grouped[hit.kind].append(hit)
        return grouped


def found(
    text: str, *, by: int | None, among: Collection[str] | None = None, mine: bool = False, most: int = MOST
) -> Answer:
    """Find what the text may mean among some kinds of things, at most so many of each kind.

    The text as typed is looked for first, then what its keys are in the other layout, then words that differ by a
    mistake. Only what the person may see is answered; None is the system.
    """
    asked = Asked(by, tuple(kinds() if among is None else among), is_all=among is None, mine=mine)
    readings = variants(text)
    weak: list[Answer] = []
    for place, reading in enumerate(readings):
        answer = Answer(_hits(reading, asked, most), reading.text if place else "")
        if answer.hits and answer.hits[0].tier >= Tier.HEARD:
            return answer
        weak += [answer] if answer.hits else []
    return weak[0] if weak else _mistyped(readings, asked, most)


def _mistyped(readings: Sequence[Reading], asked: Asked, most: int) -> Answer:
    for place, reading in enumerate(readings):
        mended = learning.mended(reading)
        hits = _hits(mended, asked, most, is_mistyped=True) if mended else []
        if hits:
            return Answer(hits, reading.text if place else "")
    return Answer()


def _hits(reading: Reading, asked: Asked, most: int, *, is_mistyped: bool = False) -> list[Hit]:
    nearest = candidates.nearest(reading, asked)
    fetched = [*nearest.found]
    if nearest.is_cut or nearest.is_short:
        owners, shared = _reached(asked.by), _shared(asked.by)
        fetched += candidates.further(reading, asked, owners=owners, shared=shared, so_far=nearest)
    hits = ranked(fetched, reading, by=asked.by, is_mistyped=is_mistyped)
    closed = half_seen(asked.by)
    return _visible([hit for hit in hits if hit.by_title or hit.kind not in closed], asked.by, most)


def _reached(by: int | None) -> set[int]:
    """Whose things the person sees, where he does not see everybody's."""
    reaches = [access.reach(by, of, "see") for of in record_types.all().values()]
    return {owner for reach in reaches for owner in reach.usual.owners or ()}


def _shared(by: int | None) -> dict[str, list[int]]:
    """What was shared with the person, by type."""
    found: dict[str, list[int]] = defaultdict(list)
    for kind, id in access.shared_with(by)[:SHARED_MAX] if by is not None else ():
        found[kind].append(id)
    return found


def _visible(hits: Sequence[Hit], by: int | None, most: int) -> list[Hit]:
    """Leave what the person may see, so many of each kind, in the same order."""
    grouped: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        grouped[hit.kind].append(hit.object)
    seen = {(kind, id) for kind, ids in grouped.items() for id in _seen(kind, ids, by, most)}
    return [hit for hit in hits if (hit.kind, hit.object) in seen]


def _seen(kind: str, ids: Sequence[int], by: int | None, most: int) -> list[int]:
    of, first = source(kind), most * AT_ONCE
    left: list[int] = []
    # The first are nearly always enough; who sees little of much is told of all the rest in one more question.
    for piece in (ids[:first], ids[first:]):
        open_ = set(of.seen(by, piece)) if piece and len(left) < most else set()
        left += [id for id in piece if id in open_]
    return left[:most]
