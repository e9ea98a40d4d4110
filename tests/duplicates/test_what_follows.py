"""Prices, letters and lines of the inbox follow records that become one, and go back when they are taken apart."""

from decimal import Decimal
from typing import Any

import pytest

from potok.crm.goods import prices
from potok.crm.goods.models import Line, Price
from potok.kit import clock
from potok.kit.doors import opened
from potok.mail.models import Letter
from potok.notify.public import Notice, Waiting, waiting
from potok.records.duplicates import operations
from potok.records.duplicates.models import Merge
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db


def merged(kept: Any, lost: Any) -> Merge:
    with opened(None, door="screen") as call:
        return operations.merge(call, kept=kept, lost=[lost])


def apart(merge: Merge) -> None:
    with opened(None, door="screen") as call:
        operations.unmerge(call, merge=merge)


def set_price(price_list: Any, product: Any, amount: int) -> None:
    with opened(None, door="screen") as call:
        prices.set_(call, price_list=price_list, product=product, amount=Decimal(amount))


def priced() -> set[tuple[int, int, int]]:
    found = Price.objects.values_list("price_list_id", "product_id", "amount")
    return {(one, other, int(amount)) for one, other, amount in found}


def test_prices_follow_a_product_where_the_other_has_none(make: Make) -> None:
    kept, lost = make("crm.product"), make("crm.product")
    usual, wholesale = make("crm.price_list"), make("crm.price_list")
    set_price(usual, kept, 10)
    set_price(usual, lost, 20)
    set_price(wholesale, lost, 30)
    before = priced()
    merge = merged(kept, lost)
    assert priced() == {(usual.pk, kept.pk, 10), (usual.pk, lost.pk, 20), (wholesale.pk, kept.pk, 30)}
    apart(merge)
    assert priced() == before


def test_prices_follow_a_price_list(make: Make) -> None:
    kept, lost, product = make("crm.price_list"), make("crm.price_list"), make("crm.product")
    set_price(lost, product, 30)
    merge = merged(kept, lost)
    assert priced() == {(kept.pk, product.pk, 30)}
    set_price(kept, product, 40)
    apart(merge)
    assert priced() == {(lost.pk, product.pk, 40)}


def test_lines_sell_the_product_that_stays(make: Make) -> None:
    kept, lost, deal = make("crm.product"), make("crm.product"), make("crm.deal")
    line: Any = Line.objects.create(
        record_type="crm.deal", record_id=deal.pk, product_id=lost.pk, title="Filter", place=0, price=5
    )
    merge = merged(kept, lost)
    line.refresh_from_db()
    assert (line.product_id, line.title, line.price) == (kept.pk, "Filter", 5)
    apart(merge)
    line.refresh_from_db()
    assert line.product_id == lost.pk


def test_letters_and_lines_of_the_inbox_follow(make: Make, firm: Company) -> None:
    kept, lost = make("crm.company"), make("crm.company")
    named = {"record_type": "crm.company", "record_id": lost.pk}
    letter = Letter.objects.create(
        author_address="a@firm.example", to=["b@b.example"], subject="x", text="x", key="k", message_id="m",
        made_at=clock.now(), **named,
    )  # fmt: skip
    with opened(None, door="screen") as call:
        waiting.open_(call, person=firm.bob.pk, key="some:1", kind="some", title="x", url="/x/", **named)
    for act, stands in ((lambda: merged(kept, lost), kept), (lambda: apart(Merge.objects.get()), lost)):
        act()
        letter.refresh_from_db()
        assert letter.record_id == stands.pk
        assert Waiting.objects.get().record_id == stands.pk


def test_notices_and_lines_of_the_inbox_lead_to_the_one_that_stays(make: Make, firm: Company) -> None:
    kept, lost = make("crm.company"), make("crm.company")
    named = {"record_type": "crm.company", "record_id": lost.pk}
    notice = Notice.objects.create(to=firm.bob, text="x", url=f"/companies/{lost.pk}/", sent_at=clock.now(), **named)
    other = Notice.objects.create(to=firm.bob, text="y", url=f"/tasks/{lost.pk}/", sent_at=clock.now(), **named)
    with opened(None, door="screen") as call:
        waiting.open_(call, person=firm.bob.pk, key="s:1", kind="s", title="x", url=f"/companies/{lost.pk}/", **named)
    for act, stands in ((lambda: merged(kept, lost), kept), (lambda: apart(Merge.objects.get()), lost)):
        act()
        notice.refresh_from_db()
        other.refresh_from_db()
        assert (notice.record_id, notice.url) == (stands.pk, f"/companies/{stands.pk}/")
        assert (other.record_id, other.url) == (stands.pk, f"/tasks/{lost.pk}/")
        assert Waiting.objects.get().url == f"/companies/{stands.pk}/"
