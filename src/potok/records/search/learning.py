"""The words that occur: learnt a moment after they were written, so that no transaction waits for another's word."""

from dataclasses import replace

from django.db import transaction

from potok.kit import sets
from potok.records.search import mistakes
from potok.records.search.asking import Reading, Term
from potok.records.search.models import Word

BATCH, CANDIDATES_MAX = 2_000, 1_000
TAKE = """DELETE FROM search_unread WHERE id IN (
    SELECT id FROM search_unread ORDER BY id LIMIT %b::int FOR UPDATE SKIP LOCKED) RETURNING entry"""
NEW = """SELECT DISTINCT w.word FROM search_entry e, unnest(tsvector_to_array(e.words)) w(word)
    WHERE e.id = ANY(%b::bigint[]) AND w.word ~ '^[a-z]{4,40}$'
        AND NOT EXISTS (SELECT FROM search_word k WHERE k.sound = w.word)"""


def learn() -> int:
    """Note the words of one batch of entries; answers how many entries there were."""
    with transaction.atomic():
        entries = [row[0] for row in sets.execute(TAKE, (), BATCH)]
        if entries:
            unknown = sorted(row[0] for row in sets.execute(NEW, (), entries))
            Word.objects.bulk_create(
                [Word(sound=word, near=mistakes.near(word)) for word in unknown], ignore_conflicts=True
            )
        return len(entries)


def mended(reading: Reading) -> Reading | None:
    """The reading with words that are nearly those typed beside them; None where there are none."""
    numbers = [number for term in reading.terms if _may_err(term) for number in mistakes.near(term.openings[0])]
    if not numbers:
        return None
    known = Word.objects.filter(near__overlap=numbers).values_list("sound", flat=True)
    words = list(known[:CANDIDATES_MAX])
    terms = tuple(_mended(term, words) if _may_err(term) else term for term in reading.terms)
    return replace(reading, terms=terms) if terms != reading.terms else None


def _may_err(term: Term) -> bool:
    return not term.digits and len(term.openings[0]) >= mistakes.LETTERS_MIN


def _mended(term: Term, known: list[str]) -> Term:
    nearest = mistakes.nearest(term.openings[0], known)
    return replace(term, openings=tuple(dict.fromkeys((*term.openings, *nearest))))
