"""People and departments: what is wrong in a filter is named, whichever way it came."""

from typing import Any

import pytest

from tests.company import Company
from tests.rest.wire import ask, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("given", [{"FILTER": {"ID": "me"}}, {"ID": "me"}, {"UF_DEPARTMENT": ["here"]}])
def test_a_wrong_value_is_named(company: Company, given: dict[str, Any]) -> None:
    assert refused("user.get", by=company.bob, **given) == "INVALID_ARG_VALUE"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"FILTER": {"!NAME": ["Bob", "Ann"]}}, ["Alice"]),
        ({"sort": "NAME", "order": "desc"}, ["Bob", "Alice"]),
        ({"order": {"NAME": "DESC"}}, ["Bob", "Alice"]),
        ({"%LAST_NAME": "ETR"}, ["Bob"]),
    ],
)
def test_people_are_narrowed_and_ordered(company: Company, given: dict[str, Any], names: list[str]) -> None:
    found = ask("user.get", by=company.carol, UF_DEPARTMENT=company.sales.pk, **given)
    assert [row["NAME"] for row in found.result] == names
