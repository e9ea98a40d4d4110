"""The laws of operations, over those of records: a list is a loop, nothing is half written, a process never waits."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from potok.kit.calls import INSTANCE, Call
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.public import History, Record
from tests.company import Company
from tests.records.conftest import Make

every_type = pytest.mark.parametrize("name", list(records.record_types))


def asks(call: Call, name: str, ones: list[Record]) -> list[tuple[Call, dict[str, Any]]]:
    """Changes of which every third is refused: by its value, by what it points at."""
    wrong: list[dict[str, Any]] = [{"nonsense": 1}, {"responsible": 999_999}]
    field = "comment" if "comment" in records.current().of(records.record_types[name]) else "title"
    given = [wrong[n % 2] if n % 3 == 1 else {field: f"changed {n}"} for n in range(len(ones))]
    return [(call, {"record": one, "values": values}) for one, values in zip(ones, given, strict=True)]


def outcome(name: str, ones: list[Record], answers: list[Any]) -> list[Any]:
    """What came of it, told without ids."""
    rows = records.load(one.ref for one in ones)
    kept = [(rows[one.ref].revision, records.snapshot(records.type_named(name), rows[one.ref])) for one in ones]
    past = [History.objects.filter(record_type=name, record_id=one.pk).count() for one in ones]
    codes = [answer.code if isinstance(answer, Refused) else "kept" for answer in answers]
    return [*zip(codes, kept, past, strict=True)]


@pytest.mark.django_db
@every_type
def test_however_a_list_is_cut_the_outcome_is_the_same(make: Make, name: str) -> None:
    outcomes = []
    for size in (1, 2, 5, 7):
        ones = [make(name) for _ in range(7)]
        answers: list[Any] = []
        with opened(None, door="screen") as call:
            wanted = asks(call, name, ones)
            for start in range(0, len(wanted), size):
                answers += records.verbs[name].change.many(wanted[start : start + size])
        outcomes.append(outcome(name, ones, answers))
    assert all(one == outcomes[0] for one in outcomes)
    assert [code for code, *_ in outcomes[0]].count("kept") == 5


@pytest.mark.django_db
@every_type
def test_a_list_of_additions_keeps_what_is_right_and_refuses_the_rest(make: Make, name: str) -> None:
    of, bad = records.record_types[name], {"responsible": 999_999}
    # Papers take their titles from their numbers: there is nothing that must be given.
    is_paper = bool(of.titled) and "name" not in of.declared()
    title: dict[str, object] = {} if is_paper else {"name": "Ann"} if of.titled else {"title": "x"}
    none = bad if is_paper else {}
    before = History.objects.count()
    with opened(None, door="screen") as call:
        given = [{"values": values} for values in (title, none, title | bad, title)]
        answers = records.verbs[name].add.many([(call, one) for one in given])
    assert [isinstance(answer, Record) for answer in answers] == [True, False, False, True]
    assert History.objects.count() == before + 2


@pytest.fixture
def somebody_editing(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    given = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    with psycopg.connect(**{name: given[name] for name in names if given.get(name)}) as other:
        yield other
        other.rollback()


def test_a_process_does_not_wait_for_a_person_who_is_editing(
    somebody_editing: psycopg.Connection[Any], make: Make
) -> None:
    held, free = make("crm.deal"), make("crm.deal")
    somebody_editing.execute("SELECT 1 FROM deals_deal WHERE id = %s FOR UPDATE", [held.pk])
    with opened(None, door=INSTANCE) as call:
        given = [(call, {"record": one, "values": {"comment": "x"}}) for one in (held, free)]
        busy, kept = records.verbs["crm.deal"].change.many(given)
    assert isinstance(busy, Refused)
    assert busy.code == "records.record.busy"
    assert kept.comment == "x"


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_list(
    make: Make, firm: Company, django_assert_max_num_queries: Any
) -> None:
    ones = [make("crm.deal") for _ in range(15)]
    with records.remembered(), opened(None, door="screen") as call, django_assert_max_num_queries(3):
        given = {"stage": "PAID", "responsible": firm.bob.pk}
        records.verbs["crm.deal"].change.many([(call, {"record": one, "values": given}) for one in ones])
