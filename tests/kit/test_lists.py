"""Lists under foreign names: how moments are read, what a pattern means, what is selected."""

import re
from datetime import UTC, datetime

import pytest

from potok.kit import lists
from potok.kit.dialects import WireError

MOMENTS = [
    ("2026-11-24", datetime(2026, 11, 24, tzinfo=UTC)),
    ("2026-11-24T18:00:00+03:00", datetime(2026, 11, 24, 15, tzinfo=UTC)),
    ("2026-11-24 18:00", datetime(2026, 11, 24, 18, tzinfo=UTC)),
    ("24.11.2026 18:00:00", datetime(2026, 11, 24, 18, tzinfo=UTC)),
]


@pytest.mark.parametrize(("given", "moment"), MOMENTS)
def test_a_moment_is_read_in_each_of_its_spellings(given: str, moment: datetime) -> None:
    assert lists.read_moment(given) == moment


@pytest.mark.parametrize("given", ["", "soon", "24/11/2026", "2026-13-01", None])
def test_what_is_no_moment_is_refused(given: str | None) -> None:
    with pytest.raises(WireError, match="DEADLINE"):
        lists.condition({"DEADLINE": lists.moment("deadline")}, {"<DEADLINE": given})


@pytest.mark.parametrize(
    ("like", "text", "holds"),
    [("A%", "Abc", True), ("A_c", "Abc", True), ("A_c", "Ac", False), ("%.c", "bc", False), ("b", "Abc", False)],
)
def test_a_pattern_is_the_callers_own(like: str, text: str, holds: bool) -> None:
    assert bool(re.match(lists.pattern(like), text)) is holds


def test_nothing_selected_is_everything() -> None:
    row = {"ID": "1", "NAME": "x"}
    assert lists.selected(row, []) == lists.selected(row, ["*"]) == row
    assert lists.selected(row, ["id", "STRANGE"]) == {"ID": "1"}


def test_unknown_names_neither_filter_nor_order() -> None:
    columns = {"ID": lists.number("pk")}
    assert lists.ordering(columns, {"STRANGE": "ASC", "ID": "DESC"}) == ["-pk", "pk"]
    assert not lists.condition(columns, {"STRANGE": 5, "<>ID": 5})
