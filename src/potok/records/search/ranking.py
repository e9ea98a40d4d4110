"""In which order what was found is shown: the title as typed, its beginning, its words, how they sound, what stands
elsewhere, words with mistakes; one's own first, then the latest. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from potok.records.search.asking import Reading, words
from potok.records.search.sounds import sound


class Tier(IntEnum):
    """How well a thing fits; the higher the better."""

    MISTYPED = 1
    ELSEWHERE = 2  # not in the title, or in another form
    HEARD = 3  # the words of the title sound so
    WORDS = 4  # the words of the title begin so
    BEGINNING = 5
    TITLE = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of the index, as far as its order depends on it; `at` is a moment in seconds."""

    kind: str
    object: int
    owner: int | None
    title: str
    key: str
    at: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `by_title` tells whether its title alone lets it be found."""

    kind: str
    object: int
    title: str
    tier: Tier
    by_title: bool = True


def ranked(
    candidates: Iterable[Candidate], reading: Reading, *, by: int | None, is_mistyped: bool = False
) -> list[Hit]:
    """Put candidates in order; each once."""
    each = {(one.kind, one.object): one for one in candidates}.values()
    hits = [(_hit(one, tier(one.key, reading), is_mistyped=is_mistyped), one) for one in each]
    hits.sort(key=lambda pair: (-pair[0].tier, pair[1].owner != by, -pair[1].at, pair[1].object))
    return [hit for hit, _ in hits]


def _hit(one: Candidate, fits: Tier, *, is_mistyped: bool) -> Hit:
    return Hit(one.kind, one.object, one.title, Tier.MISTYPED if is_mistyped else fits, fits >= Tier.HEARD)


def tier(key: str, reading: Reading) -> Tier:
    """How well a folded title fits a reading."""
    if key == reading.text:
        return Tier.TITLE
    if key.startswith(reading.text):
        return Tier.BEGINNING
    written = words(key)
    if not reading.words:
        return Tier.ELSEWHERE
    if all(any(word.startswith(asked) for word in written) for asked in reading.words):
        return Tier.WORDS
    heard = [sound(word) for word in written]
    terms = [term for term in reading.terms if not term.digits]
    if all(any(one.startswith(term.openings) for one in heard) for term in terms):
        return Tier.HEARD
    return Tier.ELSEWHERE
