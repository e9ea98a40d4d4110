"""Who a client is by how he is reached, or by what he is called: for leads, letters, calls."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from potok.people.public import folded
from potok.records import public as records
from potok.records.public import Record, RecordType

FOUND_MAX = 20
# Around the name of a firm; «ООО „Ладога“» is called Ладога.
QUOTES = str.maketrans(dict.fromkeys("«»„“”\"'", " "))
LEGAL_FORMS = frozenset(
    ("ооо", "оао", "зао", "пао", "ао", "ип", "тоо", "нко", "фгуп", "муп", "гуп", "тсж", "жк", "ltd", "llc", "inc")
)


def reached(of: RecordType, *, phones: Sequence[str], mails: Sequence[str], by: int | None) -> list[Record]:
    """The contacts or companies, of those that the person may see, that hold one of these phones or mails.

    The longest known come first.
    """
    if not phones and not mails:
        return []
    return list(records.rows(of, by=by).filter(reached_by(phones=phones, mails=mails)).order_by("pk")[:FOUND_MAX])


def reached_by(*, phones: Iterable[str], mails: Iterable[str]) -> Q:
    """The condition that a row holds one of these phones or mails."""
    wanted = [Q(phone__contains=[{"value": one}]) for one in phones]
    wanted += [Q(email__contains=[{"value": one}]) for one in mails]
    return Q(*wanted, _connector=Q.OR) if wanted else Q(pk=None)


def named(of: RecordType, *, title: str, by: int | None) -> list[Record]:
    """The contacts or companies that are called so, whatever their legal form and their quotation marks."""
    words = name_words(title)
    if not words:
        return []
    rows = records.rows(of, by=by).filter(*(Q(sort_key__contains=word) for word in words))
    found = rows.order_by("pk")[: FOUND_MAX * 5]
    return [row for row in found if name_words(row.title) == words][:FOUND_MAX]


def name_words(title: str) -> list[str]:
    """What of a name tells one firm from another: its words, folded, without the legal form."""
    words = folded(title.translate(QUOTES)).split()
    return [word for word in words if word not in LEGAL_FORMS] or words


def lines(held: Any) -> list[str]:
    """The bare phones or mails of a value, or of a column that holds them with their use."""
    return [str(one["value"]) if isinstance(one, dict) else str(one) for one in held or ()]
