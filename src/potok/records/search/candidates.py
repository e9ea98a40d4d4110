"""Candidates for an answer, straight from the index: so many at most, whoever asks, however common the words are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from potok.records.record_types import record_types
from potok.records.search.asking import GRAM, Reading, Term, grams
from potok.records.search.ranking import Candidate

TITLES_MAX, BEGINNINGS_MAX, WORDS_MAX, RECENT_MAX, RECENT_AMONG = 60, 200, 400, 100, 20_000
SHORT, STEM_MIN = 2, 4
LAST = "\U0010ffff"
COLUMNS = "e.kind, e.object, e.owner, e.title, e.key, extract(epoch FROM e.at)::float8 AS at"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who looks, among what kinds of things; `mine` leaves those that are his."""

    by: int | None
    kinds: Sequence[str]
    is_all: bool = True
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a statement with its values."""

    sql: str
    given: tuple[Any, ...] = ()


def nearest(reading: Reading, asked: Asked) -> tuple[list[Candidate], bool]:
    """What the index has by title and by words, and whether there may be more than was fetched."""
    fits = _fits(reading)
    arms = [
        _arm(Piece("e.key = %s", (reading.text,)), asked, most=TITLES_MAX),
        _arm(Piece("e.key >= %s AND e.key < %s", (reading.text, reading.text + LAST)), asked, most=BEGINNINGS_MAX),
        _arm(fits, asked, most=WORDS_MAX),
    ]
    if asked.by is not None:
        arms.append(_arm(_both(fits, Piece("e.owner = %s", (asked.by,))), asked, most=BEGINNINGS_MAX))
    if reading.text.isdecimal() and len(reading.text) < 19:
        by_id = Piece("e.kind = ANY(%s) AND e.object = %s", (list(record_types), int(reading.text)))
        arms.append(_arm(by_id, asked, most=TITLES_MAX))
    counted = _fetch(arms)
    return [one for _, one in counted], sum(arm == 2 for arm, _ in counted) == WORDS_MAX


def further(reading: Reading, asked: Asked, *, owners: Collection[int]) -> list[Candidate]:
    """Where words are common: the latest that have them, and those of the people whose things the person may see."""
    fits = _fits(reading)
    inner = _both(fits, _narrow(asked))
    latest = Piece(
        f"(SELECT {COLUMNS} FROM (SELECT * FROM search_entry ORDER BY at DESC LIMIT {RECENT_AMONG}) e"  # noqa: S608 (pieces of our own)
        f" WHERE {inner.sql} LIMIT {RECENT_MAX})",
        inner.given,
    )
    arms = [latest]
    if owners:
        arms.append(_arm(_both(fits, Piece("e.owner = ANY(%s)", (list(owners),))), asked, most=WORDS_MAX))
    return [one for _, one in _fetch(arms)]


def _arm(where: Piece, asked: Asked, *, most: int) -> Piece:
    # OFFSET 0 keeps the limit from the planner: it would hope to meet so many rows early and read the whole table.
    inner = _both(where, _narrow(asked))
    rows = f"SELECT {COLUMNS} FROM search_entry e WHERE {inner.sql} OFFSET 0"  # noqa: S608 (pieces of our own)
    return Piece(f"(SELECT * FROM ({rows}) a LIMIT {most})", inner.given)  # noqa: S608 (the same)


def _fetch(arms: Sequence[Piece]) -> list[tuple[int, Candidate]]:
    numbered = [f"SELECT {place}, a.* FROM {arm.sql} a" for place, arm in enumerate(arms)]  # noqa: S608 (our own)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(numbered), [value for arm in arms for value in arm.given])
        return [(row[0], Candidate(*row[1:])) for row in cursor.fetchall()]


def _narrow(asked: Asked) -> Piece:
    narrowed = Piece("true")
    if not asked.is_all:
        narrowed = _both(narrowed, Piece("e.kind = ANY(%s)", (list(asked.kinds),)))
    return _both(narrowed, Piece("e.owner = %s", (asked.by,))) if asked.mine else narrowed


def _both(one: Piece, other: Piece) -> Piece:
    return Piece(f"{one.sql} AND {other.sql}", (*one.given, *other.given))


def _fits(reading: Reading) -> Piece:
    """All terms occur; a word of one or two letters counts for nothing beside a longer one, half of all has it."""
    long = [term for term in reading.terms if term.digits or len(term.word) > SHORT]
    pieces = [_occurs(term) for term in long or reading.terms]
    return Piece(
        f"e.words @@ ({' && '.join(piece.sql for piece in pieces)})",
        tuple(value for piece in pieces for value in piece.given),
    )


def _occurs(term: Term) -> Piece:
    if term.digits:
        if len(term.digits) < GRAM:
            return Piece("%s::tsquery", (f"'#{term.digits}':*",))
        pieces = sorted(piece for piece in grams(term.digits) if len(piece) == GRAM)
        return Piece("%s::tsquery", (" & ".join(f"'#{piece}'" for piece in pieces),))
    heard = Piece("%s::tsquery", (" | ".join(_beginning(one) for one in term.openings),))
    if term.word.isascii() or len(term.word) < STEM_MIN:
        return heard
    # Another form of a Russian word begins otherwise: договора́ми, до́говор.
    return Piece(f"({heard.sql} || plainto_tsquery('russian', %s))", (*heard.given, term.word))


def _beginning(opening: str) -> str:
    return f"'{opening}':*" if len(opening) > SHORT else f"'{opening}'"


def as_filter(readings: Sequence[Reading]) -> Piece:
    """The condition on an entry `e` that it fits one of the readings, for lists that narrow rows by it."""
    pieces = [_fits(reading) for reading in readings]
    return Piece(
        f"({' OR '.join(piece.sql for piece in pieces)})", tuple(value for piece in pieces for value in piece.given)
    )
