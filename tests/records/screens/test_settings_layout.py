"""The layout of a type as its page keeps it: the order of the form is the order of columns, groups and fields."""

from django.test import Client

from potok.records import catalogue
from potok.records.record_types import record_types
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import boss, inside  # noqa: F401 (a fixture)

PAGE = "/settings/deals/layout"
SCRIPT = {"HX-Request": "true"}


def card() -> list[tuple[str, list[str]]]:
    groups = catalogue.whole().groups(record_types["crm.deal"])
    return [(title, [one.name for one in fields]) for title, fields in groups]


def test_columns_groups_and_fields_are_kept_in_the_order_of_the_form(boss: Client) -> None:  # noqa: F811
    given = {
        "columns": ["amount", "title"],
        "title": ["Money", "", "Not filled"],
        "part": ["[group]", "amount", "close_on", "[group]", "responsible", "[group]", "[off]", "comment"],
    }
    assert boss.post(PAGE, given, headers=SCRIPT).status_code == 204
    assert list(catalogue.whole().columns(record_types["crm.deal"])) == ["amount", "title"]
    assert card()[:2] == [("Money", ["amount", "close_on"]), ("More", ["responsible"])]
    shown = boss.get(PAGE).content.decode()
    assert shown.index('value="Money"') < shown.index('value="amount"') < shown.index('value="close_on"')
    assert shown.index('value="[off]"') < shown.index('value="comment"')


def test_as_it_was_declared_forgets_the_layout(boss: Client) -> None:  # noqa: F811
    was = card()
    boss.post(PAGE, {"title": ["Money"], "part": ["[group]", "amount"]}, headers=SCRIPT)
    assert card() != was
    boss.post(PAGE, {"usual": "1"}, headers=SCRIPT)
    assert card() == was


def test_who_may_not_change_settings_lays_nothing_out(firm: Company, make: Make) -> None:
    carol = inside(firm.carol)
    assert carol.get(PAGE).status_code == 403
    assert carol.post(PAGE, {"usual": "1"}).status_code == 403
