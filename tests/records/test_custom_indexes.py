"""Large tables get an index for each custom field that is compared by more and less."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from potok.kit.doors import opened
from potok.records import conditions, custom_indexes
from potok.records.models import CustomField
from potok.records.operations import custom_fields
from potok.records.record_types import record_types


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    monkeypatch.setattr(custom_indexes, "ROWS_MIN", 0)
    monkeypatch.setattr(custom_indexes, "ROWS", "SELECT relname, 0 FROM pg_class WHERE relname = ANY(%s)")
    yield
    with connection.cursor() as cursor:
        for name in _held():
            cursor.execute(f'DROP INDEX "{name}"')


def _held() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE starts_with(indexname, %s)", ["by_custom_field_"]
        )
        return dict(cursor.fetchall())


def _add(kind: str, name: str, *, multiple: bool = False) -> CustomField:
    with opened(None, door="test") as call:
        return custom_fields.add(call, record_type="crm.deal", kind=kind, title=name, name=name, multiple=multiple)


def test_fields_that_are_compared_get_an_index_and_others_none() -> None:
    for kind in ("number", "date", "moment", "money", "text", "yes_no"):
        _add(kind, f"uf_{kind}")
    _add("number", "uf_several", multiple=True)
    assert custom_indexes.serve() == 4
    made = " ".join(_held().values())
    assert all(f"uf_{kind}" in made for kind in ("number", "date", "moment", "money"))
    assert "uf_text" not in made
    assert "uf_several" not in made
    assert custom_indexes.serve() == 0


def test_the_index_of_a_field_that_is_gone_goes() -> None:
    field = _add("number", "uf_area")
    custom_indexes.serve()
    with opened(None, door="test") as call:
        custom_fields.remove(call, field=field)
    custom_indexes.serve()
    assert not _held()


@pytest.mark.parametrize(("kind", "value"), [("number", "5"), ("money", "5"), ("date", "2026-05-01")])
def test_a_filter_by_more_or_less_uses_the_index(kind: str, value: str) -> None:
    _add(kind, "uf_compared")
    custom_indexes.serve()
    of = record_types["crm.deal"]
    asked = of.rows().filter(conditions.where(of, {"field": "uf_compared", "operator": "at_least", "value": value}))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "by_custom_field_" in asked.explain()
