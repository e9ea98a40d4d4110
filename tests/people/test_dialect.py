"""People over REST, under the names that integrators know."""

from typing import Any

import pytest

from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.dialects import methods
from tests import company
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Company:
    return company.found()


def ask(firm: Company, name: str, given: dict[str, Any] | None = None) -> Any:
    method = methods[name]
    return method.answer(Call(firm.alice.pk, clock.now()), method.takes.model_validate(given or {}))


def test_a_caller_learns_who_he_is(firm: Company) -> None:
    assert ask(firm, "profile")["ID"] == str(firm.alice.pk)
    current = ask(firm, "user.current")
    assert (current["NAME"], current["UF_DEPARTMENT"]) == (firm.alice.name, [firm.sales.pk])


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({"FILTER": {"NAME": "Bob"}}, {"Bob"}),
    ({"NAME": "Bob"}, {"Bob"}),
    ({"FILTER": {"%EMAIL": "CAROL"}}, {"Carol"}),
    ({"FILTER": {"@NAME": ["Bob", "Eve"]}}, {"Bob", "Eve"}),
    ({"FILTER": {"UNKNOWN": 1, "NAME": "Bob"}}, {"Bob"}),
    ({"FILTER": {"ACTIVE": "N"}}, set()),
]


@pytest.mark.parametrize(("given", "names"), FILTERS)
def test_people_are_found_by_filter(firm: Company, given: dict[str, Any], names: set[str]) -> None:
    found = ask(firm, "user.get", given)
    assert {user["NAME"] for user in found.result} == names
    assert found.total == len(names)


def test_people_of_a_department_are_found(firm: Company) -> None:
    found = ask(firm, "user.get", {"FILTER": {"UF_DEPARTMENT": firm.warehouse.pk}})
    assert [user["NAME"] for user in found.result] == ["Carol"]


def test_departments_name_parent_and_head(firm: Company) -> None:
    sales = next(row for row in ask(firm, "department.get").result if row["NAME"] == "Sales")
    assert (sales["PARENT"], sales["UF_HEAD"]) == (str(firm.whole.pk), str(firm.alice.pk))
    assert "PARENT" not in ask(firm, "department.get", {"ID": firm.whole.pk}).result[0]
