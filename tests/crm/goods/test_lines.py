"""Lines of records: what they take over, how the amount follows, who may change them."""

from decimal import Decimal

import pytest

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.goods.public import Product
from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.kit.operations import operations
from potok.people.public import Extent
from potok.records import public as records
from tests.company import Company
from tests.crm.goods.conftest import Change, amount
from tests.records.conftest import refused

pytestmark = pytest.mark.django_db


def test_a_line_takes_over_from_its_product_what_it_does_not_say_itself(
    deal: Deal, filter_: Product, change: Change
) -> None:
    [line] = change(deal, {"product": filter_.pk, "quantity": "2,5"})
    assert (line.title, line.unit, line.price, line.tax) == ("Filter F7", "796", Decimal(1220), "22")
    assert line.sums.total == Decimal("3050.00")
    assert line.sums.tax == Decimal("550.00")


def test_what_is_in_no_list_becomes_a_line_of_its_own(deal: Deal, change: Change) -> None:
    [line] = change(deal, {"title": "Lifting  the unit", "price": "18 500", "unit": "356"})
    assert (line.title, line.product_id, line.quantity) == ("Lifting the unit", None, Decimal(1))


def test_lines_keep_their_order_and_their_ids(deal: Deal, filter_: Product, change: Change) -> None:
    first, second = change(deal, {"product": filter_.pk}, {"title": "Work", "price": 100})
    changed = change(deal, {"id": first.pk, "quantity": 3}, {"title": "Road", "price": 5})
    assert [line.title for line in changed] == ["Filter F7", "Work", "Road"]
    assert [line.pk for line in changed[:2]] == [first.pk, second.pk]
    kept = change(deal, {"id": second.pk, "price": 7}, {"title": "New"}, verb="set")
    assert [(line.title, line.pk == second.pk) for line in kept] == [("Work", True), ("New", False)]
    assert [line.title for line in goods.lines(deal.ref)] == ["Work", "New"]


def test_the_amount_of_a_deal_follows_its_lines(deal: Deal, filter_: Product, change: Change) -> None:
    [line] = change(deal, {"product": filter_.pk, "quantity": 2})
    assert amount(deal) == ("2440.00", False)
    change(deal, {"id": line.pk, "discount": 10})
    assert amount(deal) == ("2196.00", False)
    change(deal, remove=[line.pk])
    assert amount(deal) == ("0.00", False)


def test_an_amount_that_a_person_typed_stays_until_he_gives_it_up(deal: Deal, filter_: Product, change: Change) -> None:
    def typed(**values: object) -> None:
        with opened(None, door="screen") as call:
            records.verbs["crm.deal"].change(call, record=deal, values=values)

    typed(amount=5000)
    change(deal, {"product": filter_.pk})
    assert amount(deal) == ("5000.00", True), "it stood there before the first line"
    typed(amount_by_hand=False)
    assert amount(deal) == ("1220.00", False)
    typed(amount=1300)
    change(deal, {"title": "Work", "price": 100})
    assert amount(deal) == ("1300.00", True), "it was typed beside the lines"


WRONG: dict[str, tuple[dict[str, object], str, str]] = {
    "no name": ({"price": 1}, "crm.line.nameless", "title"),
    "nothing of it": ({"title": "x", "quantity": 0}, "crm.line.no_quantity", "quantity"),
    "a price below nothing": ({"title": "x", "price": -1}, "crm.line.negative", "price"),
    "a discount below nothing": ({"title": "x", "price": 1, "discount": -1}, "crm.line.negative", "discount"),
    "more than all off": ({"title": "x", "price": 1, "discount": 101}, "crm.line.discount_too_large", "discount"),
    "a sum larger than the line": (
        {"title": "x", "price": 1, "discount": 2, "discount_kind": "sum"}, "crm.line.discount_too_large", "discount",
    ),
    "too much": ({"title": "x", "price": 10**9, "quantity": 10**4}, "crm.line.too_large", "price"),
    "no number": ({"title": "x", "price": "dear"}, "records.field.unreadable", "price"),
    "an unknown unit": ({"title": "x", "unit": "zzz"}, "records.field.unreadable", "unit"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_line_that_makes_no_sense_is_refused_with_its_column(deal: Deal, change: Change, name: str) -> None:
    given, code, place = WRONG[name]
    with pytest.raises(Exception) as caught:
        change(deal, given)
    assert (getattr(caught.value, "code", ""), getattr(caught.value, "place", "")) == (code, place)
    assert not goods.lines(deal.ref)


def test_what_cannot_be_is_refused(deal: Deal, change: Change) -> None:
    with refused("crm.line.not_there"):
        change(deal, {"id": 77, "price": 1})
    with refused("crm.line.not_there"):
        change(deal, remove=[77])
    with refused("crm.line.not_there"):
        change(deal, {"id": "x", "price": 1})
    with refused("crm.line.too_many"):
        change(deal, *[{"title": "x"}] * 501)
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=deal)
    with refused("crm.line.in_trash"):
        change(deal, {"title": "x"})


def test_a_stranger_changes_no_lines(firm: Company, deal: Deal) -> None:
    with opened(firm.carol.pk, door="screen") as call:
        for name in ("crm.deal.lines.set", "crm.deal.lines.change"):
            [answer] = operations[name].many([(call, {"record": deal, "lines": [{"title": "x"}]})])
            assert isinstance(answer, Forbidden)


def test_a_product_that_one_may_not_see_cannot_be_taken(
    firm: Company, deal: Deal, filter_: Product, change: Change
) -> None:
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.bob)
    with refused("kit.missing"):
        change(deal, {"product": filter_.pk}, by=firm.bob.pk)
    firm.grant("crm.product.see", extent=Extent.ALL, to=firm.bob)
    assert change(deal, {"product": filter_.pk}, by=firm.bob.pk)


def test_lines_outlive_the_product(deal: Deal, filter_: Product, change: Change) -> None:
    change(deal, {"product": filter_.pk})
    with opened(None, door="screen") as call:
        records.verbs["crm.product"].remove(call, record=filter_)
    assert [line.title for line in goods.lines(deal.ref)] == ["Filter F7"]


def test_lines_are_put_into_another_order(deal: Deal, change: Change, firm: Company) -> None:
    first, second, third = change(deal, *({"title": title, "price": 1} for title in ("Fan", "Duct", "Work")))
    with opened(None, door="screen") as call:
        operations["crm.deal.lines.order"](call, record=deal, lines=[third.pk, first.pk])
    assert [line.pk for line in goods.lines(deal.ref)] == [third.pk, first.pk, second.pk]
    with opened(None, door="screen") as call, refused("crm.line.not_there"):
        operations["crm.deal.lines.order"](call, record=deal, lines=[first.pk, 0])
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Forbidden):
        operations["crm.deal.lines.order"](call, record=deal, lines=[first.pk])
