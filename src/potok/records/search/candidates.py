"""Candidates for an answer, straight from the index: so many at most, whoever asks, however common the words are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from potok.records.record_types import record_types
from potok.records.search.asking import GRAM, Reading, Term, grams
from potok.records.search.ranking import Candidate

TITLES_MAX, BEGINNINGS_MAX, WORDS_MAX, RECENT_MAX, RECENT_AMONG = 60, 200, 400, 100, 10_000
OWN_AMONG, ENOUGH, WORDS_ARM = 3_000, 50, 2
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
    """What the index has by title and by words, and whether there may be more than was fetched.

    Words are looked for as typed, the last one as a beginning; only where that finds few are all of them beginnings,
    and other forms count. With common words that spares nine tenths of the time.
    """
    arms = [
        _arm(Piece("e.key = %s", (reading.text,)), asked, most=TITLES_MAX),
        _arm(Piece("e.key >= %s AND e.key < %s", (reading.text, reading.text + LAST)), asked, most=BEGINNINGS_MAX),
        _arm(_fits(reading, loose=False), asked, most=WORDS_MAX),
    ]
    if asked.by is not None:
        arms.append(_walk(f"WHERE owner = {int(asked.by)} ORDER BY at DESC LIMIT {OWN_AMONG}", reading, asked))
    if reading.text.isdecimal() and len(reading.text) < 19:
        by_id = Piece("e.kind = ANY(%s) AND e.object = %s", (list(record_types), int(reading.text)))
        arms.append(_arm(by_id, asked, most=TITLES_MAX))
    counted = _fetch(arms)
    found, by_words = [one for _, one in counted], sum(arm == WORDS_ARM for arm, _ in counted)
    if by_words < ENOUGH:
        loosely = [one for _, one in _fetch([_arm(_fits(reading), asked, most=WORDS_MAX)])]
        found, by_words = found + loosely, len(loosely)
    return found, by_words >= WORDS_MAX


def further(
    reading: Reading, asked: Asked, *, owners: Collection[int], shared: Mapping[str, Sequence[int]]
) -> list[Candidate]:
    """Where words are common: the latest that have them, those of the people whose things the person may see, and what
    was shared with him."""
    arms = [_walk(f"ORDER BY at DESC LIMIT {RECENT_AMONG}", reading, asked)]
    fits = _fits(reading)
    if owners:
        arms.append(_arm(_both(fits, Piece("e.owner = ANY(%s)", (list(owners),))), asked, most=WORDS_MAX))
    for kind, ids in shared.items():
        open_ = Piece("e.kind = %s AND e.object = ANY(%s)", (kind, list(ids)))
        arms.append(_arm(_both(fits, open_), asked, most=BEGINNINGS_MAX))
    return [one for _, one in _fetch(arms)]


def _arm(where: Piece, asked: Asked, *, most: int) -> Piece:
    inner = _both(where, _narrow(asked))
    rows = f"SELECT {COLUMNS} FROM search_entry e WHERE {inner.sql} LIMIT {most}"  # noqa: S608 (pieces of our own)
    return Piece(f"({rows})", inner.given)


def _walk(rows: str, reading: Reading, asked: Asked) -> Piece:
    """Look through so many rows one by one: the index of words has no order, and is slow to say who of many is mine."""
    inner = _both(_fits(reading), _narrow(asked))
    walked = f"SELECT {COLUMNS} FROM (SELECT * FROM search_entry {rows}) e WHERE {inner.sql}"  # noqa: S608 (our own)
    return Piece(f"({walked} LIMIT {RECENT_MAX})", inner.given)


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


def _fits(reading: Reading, *, loose: bool = True) -> Piece:
    """All terms occur; a word of one or two letters counts for nothing beside a longer one, half of all has it."""
    long = [term for term in reading.terms if term.digits or len(term.word) > SHORT]
    terms = long or list(reading.terms)
    pieces = [_occurs(term, loose=loose, is_open=loose or term is terms[-1]) for term in terms]
    return Piece(
        f"e.words @@ ({' && '.join(piece.sql for piece in pieces)})",
        tuple(value for piece in pieces for value in piece.given),
    )


def _occurs(term: Term, *, loose: bool, is_open: bool) -> Piece:
    if term.digits:
        if len(term.digits) < GRAM:
            return Piece("%s::tsquery", (f"'#{term.digits}':*",))
        pieces = sorted(piece for piece in grams(term.digits) if len(piece) == GRAM)
        return Piece("%s::tsquery", (" & ".join(f"'#{piece}'" for piece in pieces),))
    heard = [_beginning(one) if is_open else f"'{one}'" for one in term.openings]
    said = Piece("%s::tsquery", (" | ".join(heard),))
    if not loose or term.word.isascii() or len(term.word) < STEM_MIN:
        return said
    # Another form of a Russian word begins otherwise: договорами, договор.
    return Piece(f"({said.sql} || plainto_tsquery('russian', %s))", (*said.given, term.word))


def _beginning(opening: str) -> str:
    return f"'{opening}':*" if len(opening) > SHORT else f"'{opening}'"


def as_filter(readings: Sequence[Reading]) -> Piece:
    """The condition on an entry `e` that it fits one of the readings, for lists that narrow rows by it."""
    pieces = [_fits(reading) for reading in readings]
    return Piece(
        f"({' OR '.join(piece.sql for piece in pieces)})", tuple(value for piece in pieces for value in piece.given)
    )
