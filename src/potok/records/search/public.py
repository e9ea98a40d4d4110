"""What the search offers to other parts.

from potok.records.public import searching
searching.sources.add("task", search.Source(title=…, …))    # at start-up: a kind of things to find
searching.keep({"task": [7]})                               # in the transaction that changes them
searching.found("рщеуд", by=person).hits
"""

from potok.records.search.asking import Reading, Term, variants
from potok.records.search.finding import Answer, found
from potok.records.search.indexing import forget, keep
from potok.records.search.offers import offers
from potok.records.search.ranking import Hit
from potok.records.search.sources import Page, Shown, Source, sources

__all__ = [
    "Answer", "Hit", "Page", "Reading", "Shown", "Source", "Term", "forget", "found", "keep", "offers", "sources",
    "variants",
]  # fmt: skip
