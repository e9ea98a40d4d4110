"""What processes run on beside records: a kind says its fields, reads them for many, and who may see which.

`outside` answers for these as it does for records, so that triggers, conditions, waits and forms know no difference.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from potok.engine.values import Value
from potok.kit.calls import Call
from potok.kit.registry import Registry


@dataclass(frozen=True, eq=False)
class Subject:
    """One such kind. `fields` are told as record types tell theirs: title, type, options, `read_only`.

    `offers` are starts that the designer offers by their own words, as a definition writes them; `make` and `change`
    serve trials, in which a sample lives for a while.
    """

    title: str | Promise
    icon: str
    path: str
    fields: Callable[[], Mapping[str, Any]]
    read: Callable[[Collection[int]], Mapping[int, Mapping[str, Value]]]
    rows: Callable[[], "QuerySet[Any]"]
    seen: Callable[[int | None], "QuerySet[Any]"]
    make: Callable[[Call, Mapping[str, Value]], int]
    change: Callable[[Call, int, Mapping[str, Value]], None]
    offers: Mapping[str, tuple[str | Promise, Any]]


subjects: Registry[Subject] = Registry("subject of processes")
