"""Candidates for an answer, straight from the index: so many at most, whoever asks, however common the words are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from potok.records.record_types import record_types
from potok.records.search.asking import GRAM, Reading, Term, grams
from potok.records.search.ranking import Candidate

TITLES_MAX, BEGINNINGS_MAX, WORDS_MAX, RECENT_MAX, RECENT_AMONG = 60, 200, 400, 100, 10_000
OWN_AMONG, REACHED_AMONG, OWNERS_MAX, ENOUGH = 3_000, 12_000, 120, 50
COMMON, BEGINNINGS_ARM, RECENT_ARM = 100, 1, 2  # where so many of the latest have the words, these are common
# The latest entries of each of some people, for one person nearly all that he has.
LATEST_OF = """(SELECT w.* FROM unnest(%s::bigint[]) o(id),
    LATERAL (SELECT * FROM search_entry WHERE owner = o.id ORDER BY at DESC LIMIT %s) w)"""
LATEST = f"(SELECT * FROM search_entry ORDER BY at DESC LIMIT {RECENT_AMONG})"  # noqa: S608 (a number of ours)
OWN = f"(SELECT * FROM search_entry WHERE owner = %s ORDER BY at DESC LIMIT {OWN_AMONG})"  # noqa: S608 (a number of ours)
SHARED = "(SELECT * FROM search_entry WHERE kind = %s AND object = ANY(%s) OFFSET 0)"
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


@dataclass(frozen=True, slots=True)
class Nearest:
    """What was fetched first. `is_cut`: there may be more; `is_common`: every hundredth entry has the words;
    `is_loose`: beginnings and other forms counted; `is_short`: more titles begin so than were fetched."""

    found: Sequence[Candidate]
    is_cut: bool = False
    is_common: bool = False
    is_loose: bool = False
    is_short: bool = False


def nearest(reading: Reading, asked: Asked) -> Nearest:
    """What the index has by title and by words.

    First the titles and the latest entries are looked through: where many of these fit, the words are common, and the
    index of words would gather a tenth of everything only to give some of it. Elsewhere it is asked for the words as
    typed, the last one as a beginning; only where that finds few are all of them beginnings, and other forms count.
    """
    arms = [
        _arm(Piece("e.key = %s", (reading.text,)), asked, most=TITLES_MAX),
        _arm(_begins(reading), asked, most=BEGINNINGS_MAX),
        _walk(LATEST, _fits(reading), asked, most=WORDS_MAX),
    ]
    if asked.by is not None:
        arms.append(_walk(OWN, _fits(reading), asked, given=(asked.by,), most=RECENT_MAX))
    if reading.text.isdecimal() and len(reading.text) < 19:
        by_id = Piece("e.kind = ANY(%s) AND e.object = %s", (list(record_types), int(reading.text)))
        arms.append(_arm(by_id, asked, most=TITLES_MAX))
    counted = _fetch(arms)
    found = [one for _, one in counted]
    is_short = sum(arm == BEGINNINGS_ARM for arm, _ in counted) >= BEGINNINGS_MAX
    if sum(arm == RECENT_ARM for arm, _ in counted) >= COMMON:
        return Nearest(found, is_cut=True, is_common=True, is_short=is_short)
    exact = _by_words(reading, asked, loose=False)
    if len(exact) >= ENOUGH:
        return Nearest(found + exact, is_cut=len(exact) >= WORDS_MAX, is_short=is_short)
    loosely = _by_words(reading, asked, loose=True)
    return Nearest(found + exact + loosely, is_cut=len(loosely) >= WORDS_MAX, is_loose=True, is_short=is_short)


def further(
    reading: Reading, asked: Asked, *, owners: Collection[int], shared: Mapping[str, Sequence[int]], so_far: Nearest
) -> list[Candidate]:
    """Where there is more than was fetched: what has the words among things of the people whose things the person may
    see, and among what was shared with him."""
    fits, arms = _fits(reading, loose=so_far.is_loose), []
    # Who sees the things of very many has found enough.
    each = REACHED_AMONG // len(owners) if 0 < len(owners) <= OWNERS_MAX else 0
    latest_of = (list(owners), each)
    if len(owners) == 1 or so_far.is_common:
        # The index of words is slow to say what of much is whose.
        if each:
            arms.append(_walk(LATEST_OF, _fits(reading), asked, given=latest_of, most=WORDS_MAX))
    elif owners and so_far.is_cut:
        arms.append(_arm(_both(fits, Piece("e.owner = ANY(%s)", (list(owners),))), asked, most=WORDS_MAX))
    if so_far.is_short and each:
        arms.append(_walk(LATEST_OF, _begins(reading), asked, given=latest_of, most=BEGINNINGS_MAX))
    for kind, ids in shared.items():
        # Looked up by their numbers and then read: an index of common words must not come first.
        either = _either(_fits(reading), _begins(reading)) if so_far.is_short else _fits(reading)
        arms.append(_walk(SHARED, either, asked, given=(kind, list(ids)), most=BEGINNINGS_MAX))
    return [one for _, one in _fetch(arms)] if arms else []


def _by_words(reading: Reading, asked: Asked, *, loose: bool) -> list[Candidate]:
    return [one for _, one in _fetch([_arm(_fits(reading, loose=loose), asked, most=WORDS_MAX)])]


def _arm(where: Piece, asked: Asked, *, most: int) -> Piece:
    inner = _both(where, _narrow(asked))
    rows = f"SELECT {COLUMNS} FROM search_entry e WHERE {inner.sql} LIMIT {most}"  # noqa: S608 (pieces of our own)
    return Piece(f"({rows})", inner.given)


def _begins(reading: Reading) -> Piece:
    return Piece("e.key >= %s AND e.key < %s", (reading.text, reading.text + LAST))


def _walk(rows: str, where: Piece, asked: Asked, *, most: int, given: Sequence[Any] = ()) -> Piece:
    """Look through these rows one by one."""
    inner = _both(where, _narrow(asked))
    walked = f"SELECT {COLUMNS} FROM {rows} e WHERE {inner.sql} LIMIT {most}"  # noqa: S608 (our own)
    return Piece(f"({walked})", (*given, *inner.given))


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


def _either(one: Piece, other: Piece) -> Piece:
    return Piece(f"({one.sql} OR {other.sql})", (*one.given, *other.given))


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
