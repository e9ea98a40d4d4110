"""Writing entries: whatever changed in a transaction is written anew in it, so many things in one statement."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from potok.kit import sets
from potok.people.public import folded
from potok.records.search import asking
from potok.records.search.kinds import source
from potok.records.search.models import Entry
from potok.records.search.sources import Page

TITLE_MAX, LETTERS_MAX, WORD_MAX, WORDS_MAX = 300, 30_000, 60, 1_000
# What an entry says already is not written again: the two indexes of words are the dear part.
KEEP = """
WITH kept AS (
    INSERT INTO search_entry AS e (kind, object, owner, title, key, at, words)
    SELECT n.kind, n.object, n.owner, n.title, n.key, potok_now(),
           array_to_tsvector(string_to_array(n.sounds, ' ')) || strip(to_tsvector('russian', n.russian))
    FROM unnest(%b::text[], %b::bigint[], %b::bigint[], %b::text[], %b::text[], %b::text[], %b::text[])
        n(kind, object, owner, title, key, sounds, russian)
    ON CONFLICT (kind, object) DO UPDATE SET owner = excluded.owner, title = excluded.title, key = excluded.key,
        at = excluded.at, words = excluded.words
    WHERE (e.owner, e.title, e.words) IS DISTINCT FROM (excluded.owner, excluded.title, excluded.words)
    RETURNING e.id)
INSERT INTO search_unread (entry) SELECT id FROM kept
"""


def keep(changed: Mapping[str, Collection[int]]) -> None:
    """Write the entries of these things as they stand now; what is gone is no longer found."""
    rows: list[tuple[Any, ...]] = []
    for kind, ids in changed.items():
        pages = {page.id: page for page in source(kind).read(ids)} if ids else {}
        rows += [_row(kind, page) for page in pages.values()]
        if gone := set(ids) - set(pages):
            forget(kind, gone)
    if rows:
        # In one order, so that two transactions never wait for each other crosswise.
        sets.execute(KEEP, sorted(rows, key=lambda row: (row[0], row[1])))


def forget(kind: str, ids: Iterable[int]) -> None:
    """Let these things be found no longer."""
    Entry.objects.filter(kind=kind, object__in=list(ids)).delete()


def _row(kind: str, page: Page) -> tuple[Any, ...]:
    title = " ".join(page.title.split())[:TITLE_MAX]
    text = folded(" ".join((title, *page.texts)))[:LETTERS_MAX]
    words = [word[:WORD_MAX] for word in dict.fromkeys(asking.words(text))][:WORDS_MAX]
    sounds = asking.heard(words)
    numbers = {*asking.numbers(text), *map(asking.number, page.numbers)}
    pieces = {f"#{piece}" for number in numbers for piece in asking.grams(number)}
    russian = [word for word in words if not word.isascii()]
    key = folded(title) if page.is_named else ""
    return kind, page.id, page.owner, title, key, " ".join(sorted(sounds | pieces)), " ".join(russian)
