"""What lines come to: golden cases, and the laws that hold for any line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.crm.goods import sums
from potok.crm.goods.sums import PERCENT, RATES, SUM, Line, Sums

D = Decimal
# The name says what is decided; then quantity, price, discount, tax — and discount, net, tax, total.
CASES: dict[str, tuple[Line, tuple[str, str, str, str]]] = {
    "nothing but a price": (Line(D(3), D("100.10")), ("0", "300.30", "0", "300.30")),
    "tax within the price": (Line(D(1), D(122), tax="22"), ("0", "100", "22", "122")),
    "tax on top": (Line(D(1), D(100), tax="22", tax_included=False), ("0", "100", "22", "122")),
    "a rate of nought is no tax": (Line(D(2), D(50), tax="0"), ("0", "100", "0", "100")),
    "half a kopeck goes up": (Line(D(1), D("0.25"), tax="10", tax_included=False), ("0", "0.25", "0.03", "0.28")),
    "a third of a metre": (Line(D("0.3333"), D(100)), ("0", "33.33", "0", "33.33")),
    "a percentage": (Line(D(2), D("99.99"), D(10)), ("20.00", "179.98", "0", "179.98")),
    "a sum off the whole line": (Line(D(4), D(25), D(30), SUM, "20"), ("30", "58.33", "11.67", "70")),
    "a discount, then tax on top": (Line(D(1), D(1000), D(10), PERCENT, "20", False), ("100", "900", "180", "1080")),
    "given away": (Line(D(1), D(500), D(100), PERCENT, "22"), ("500", "0", "0", "0")),
    "a price with parts of a kopeck": (Line(D(1000), D("0.0125")), ("0", "12.50", "0", "12.50")),
}  # fmt: skip
LINES = st.builds(
    Line,
    quantity=st.decimals("0.001", 10_000, places=3),
    price=st.decimals(0, 1_000_000, places=2),
    discount=st.decimals(0, 100, places=2),
    discount_kind=st.just(PERCENT),
    tax=st.sampled_from(RATES),
    tax_included=st.booleans(),
)


@pytest.mark.parametrize("name", CASES)
def test_a_line_comes_to(name: str) -> None:
    line, expected = CASES[name]
    assert sums.of_line(line) == Sums(*map(D, expected))


@given(st.lists(LINES, max_size=8))
def test_a_document_is_the_sum_of_its_lines(lines: list[Line]) -> None:
    each = [sums.of_line(line) for line in lines]
    whole = sums.of_all(lines)
    assert whole.total == sum((one.total for one in each), D(0))
    assert whole.net + whole.tax == whole.total


@given(LINES)
def test_net_and_tax_are_the_total_in_whole_kopecks(line: Line) -> None:
    found = sums.of_line(line)
    assert found.net + found.tax == found.total
    for part in (found.discount, found.net, found.tax, found.total):
        assert part >= 0
        assert part == part.quantize(sums.HUNDREDTH)


@given(LINES)
def test_what_was_put_on_top_is_found_within_again(line: Line) -> None:
    """Tax on top and tax within agree to the kopeck. The other way round a kopeck may be lost: of 0.05 with 22 % within
    0.04 remain, and 22 % of that is 0.01 again, but of 0.08 it is 0.07 and then 0.02."""
    on_top = sums.of_line(Line(line.quantity, line.price, line.discount, PERCENT, line.tax, tax_included=False))
    within = sums.of_line(Line(D(1), on_top.total, tax=line.tax))
    assert (within.net, within.tax) == (on_top.net, on_top.tax)
