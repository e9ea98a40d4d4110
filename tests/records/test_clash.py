"""Two people edit one record: fields merge, the same field clashes with mine, theirs and what it was."""

import pytest

from potok.engine.values import Money
from potok.kit.doors import opened
from potok.records import public as records
from potok.records.public import Clash
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db


def test_different_fields_merge(make: Make) -> None:
    deal = make("crm.deal", {"title": "A", "comment": "old"})
    for values, seen in (({"title": "B"}, {"title": "A"}), ({"comment": "new"}, {"comment": "old"})):
        with opened(None, door="screen") as call:
            kept = records.verbs["crm.deal"].change(call, record=deal, values=values, seen=seen)
    assert (kept.title, kept.comment) == ("B", "new")


def test_the_same_field_clashes_and_tells_all_sides(make: Make) -> None:
    deal = make("crm.deal", {"amount": "100"})
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"amount": "200"})
    with opened(None, door="screen") as call, pytest.raises(Clash) as caught:
        records.verbs["crm.deal"].change(call, record=deal, values={"amount": "300"}, seen={"amount": "100"})
    assert caught.value.code == "records.record.clash"
    assert [(name, m.amount, t.amount, w.amount) for name, m, t, w in caught.value.sides if isinstance(m, Money)] == [  # type: ignore[union-attr]
        ("amount", 300, 200, 100)
    ]


def test_wanting_the_same_is_no_clash(make: Make) -> None:
    deal = make("crm.deal", {"comment": "old"})
    for _ in range(2):
        with opened(None, door="screen") as call:
            kept = records.verbs["crm.deal"].change(
                call, record=deal, values={"comment": "new"}, seen={"comment": "old"}
            )
    assert kept.revision == 2
