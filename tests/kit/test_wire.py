"""Filters, orders, yes and no as they come over the wire."""

from typing import Any

import pytest

from potok.kit import wire
from potok.kit.dialects import WireError
from potok.kit.wire import Term

TERMS: list[tuple[str, Any, Term]] = [
    ("ID", 5, Term("ID", "equal", 5)),
    ("=ID", "5", Term("ID", "equal", "5")),
    ("id", [1, 2], Term("ID", "in", [1, 2])),
    ("!ID", [1], Term("ID", "not_in", [1])),
    ("!=STAGE_ID", "NEW", Term("STAGE_ID", "not_equal", "NEW")),
    (">=ID", 5, Term("ID", "at_least", 5)),
    (">ID", 5, Term("ID", "greater", 5)),
    ("<=ID", 5, Term("ID", "at_most", 5)),
    ("@ID", 5, Term("ID", "in", [5])),
    ("!@ID", [5], Term("ID", "not_in", [5])),
    ("%TITLE", "a", Term("TITLE", "contains", "a")),
    ("!%TITLE", "a", Term("TITLE", "not_contains", "a")),
    ("=%TITLE", "a%", Term("TITLE", "like", "a%")),
    ("!=%TITLE", "a%", Term("TITLE", "not_like", "a%")),
    ("COMMENTS", "", Term("COMMENTS", "empty", None)),
    ("!COMMENTS", None, Term("COMMENTS", "filled", None)),
    ("<>STATUS_ID", "NEW", Term(">STATUS_ID", "less", "NEW")),
]


@pytest.mark.parametrize(("key", "value", "term"), TERMS)
def test_a_condition_is_read_by_its_prefix(key: str, value: Any, term: Term) -> None:
    assert wire.read_filter({key: value}) == [term]


def test_an_order_is_read_in_any_case() -> None:
    assert wire.read_order({"id": "desc", "TITLE": "ASC"}) == [("ID", True), ("TITLE", False)]


@pytest.mark.parametrize("read", [wire.read_filter, wire.read_order])
def test_what_is_not_a_map_is_refused(read: Any) -> None:
    with pytest.raises(WireError, match="must be array"):
        read("ID")


@pytest.mark.parametrize("value", [True, "Y", "y", "1", 1, "true", "True"])
def test_yes_has_many_spellings(value: Any) -> None:
    assert wire.is_yes(value)


@pytest.mark.parametrize("value", [False, "N", "0", 0, "", None, "false"])
def test_everything_else_is_no(value: Any) -> None:
    assert not wire.is_yes(value)
