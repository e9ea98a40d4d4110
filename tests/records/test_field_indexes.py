"""Large tables get an index for each field that is compared by more and less."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from potok.kit.doors import opened
from potok.records import conditions, field_indexes
from potok.records.models import CustomField
from potok.records.operations import custom_fields
from potok.records.record_types import record_types
from tests.records.conftest import design_letters


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    monkeypatch.setattr(field_indexes, "ROWS_MIN", 0)
    monkeypatch.setattr(field_indexes, "ROWS", "SELECT relname, 0 FROM pg_class WHERE relname = ANY(%s)")
    yield
    with connection.cursor() as cursor:
        for name in _held():
            cursor.execute(f'DROP INDEX "{name}"')


def _held() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE starts_with(indexname, %s)", ["by_field_"])
        return dict(cursor.fetchall())


def _add(kind: str, name: str, *, multiple: bool = False) -> CustomField:
    with opened(None, door="test") as call:
        return custom_fields.add(call, record_type="crm.deal", kind=kind, title=name, name=name, multiple=multiple)


def test_fields_that_are_compared_get_an_index_and_others_none() -> None:
    for kind in ("number", "date", "moment", "money", "text", "yes_no"):
        _add(kind, f"uf_{kind}")
    _add("number", "uf_several", multiple=True)
    assert field_indexes.serve() > 0
    made = " ".join(_held().values())
    assert all(f"uf_{kind}" in made for kind in ("number", "date", "moment", "money"))
    assert "uf_text" not in made
    assert "uf_several" not in made
    assert field_indexes.serve() == 0


def test_a_choice_that_many_have_is_read_off_in_the_order_of_the_list() -> None:
    options = [{"key": key, "title": key} for key in ("a", "b")]
    with opened(None, door="test") as call:
        custom_fields.add(call, record_type="crm.deal", kind="choice", title="x", name="uf_choice", options=options)
    field_indexes.serve()
    deals = record_types["crm.deal"]
    found = deals.rows().filter(
        conditions.where(deals, {"all": [{"field": "uf_choice", "operator": "in", "value": ["a"]}]})
    )
    assert any("uf_choice" in made and "id DESC" in made for made in _held().values())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        assert "by_field_" in found.explain()


def test_the_index_of_a_field_that_is_gone_goes() -> None:
    field = _add("number", "uf_area")
    field_indexes.serve()
    assert "uf_area" in " ".join(_held().values())
    with opened(None, door="test") as call:
        custom_fields.remove(call, field=field)
    field_indexes.serve()
    assert "uf_area" not in " ".join(_held().values())


@pytest.mark.parametrize(("kind", "value"), [("number", "5"), ("money", "5"), ("date", "2026-05-01")])
def test_a_filter_by_more_or_less_uses_the_index(kind: str, value: str) -> None:
    _add(kind, "uf_compared")
    field_indexes.serve()
    of = record_types["crm.deal"]
    asked = of.rows().filter(conditions.where(of, {"field": "uf_compared", "operator": "at_least", "value": value}))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "by_field_" in asked.explain()


@pytest.mark.parametrize("order", ["amount", "-amount", "close_on"])
def test_a_list_in_the_order_of_a_column_uses_its_index(order: str) -> None:
    field_indexes.serve()
    asked = record_types["crm.deal"].rows().kept().order_by(order, "-pk")[:50]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        assert "by_field_" in asked.explain()


def test_a_field_of_a_designed_type_gets_one_that_begins_with_the_type() -> None:
    design_letters()
    with opened(None, door="test") as call:
        custom_fields.add(call, record_type="lists.letters", kind="number", title="Pages", name="uf_pages")
    field_indexes.serve()
    record_types.place([])
    assert "(record_type, ((props -> 'uf_pages'::text)))" in " ".join(_held().values())
