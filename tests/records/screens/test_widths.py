"""Columns of lists are as wide as each person keeps them, view by view."""

import json
import re

from django.test import Client

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import noted
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.screens.conftest import inside


def widths(client: Client, **asked: str) -> dict[str, str]:
    page = client.get("/deals/", {"columns": "title,stage,amount", **asked}).content.decode()
    return dict(re.findall(r'<col data-column="(\w+)"(?: data-usual="\d+")? width="(\d+)"', page))


def widen(client: Client, given: object, **more: str) -> None:
    answer = client.post("/deals/widths", {"widths": json.dumps(given), **more})
    assert answer.status_code == 204


def test_a_list_with_room_leaves_its_columns_to_the_table(boss: Client, make: Make) -> None:
    make("crm.deal")
    assert widths(boss) == {}


def test_many_columns_are_each_as_wide_as_their_kind_needs(boss: Client, make: Make) -> None:
    make("crm.deal")
    names = list(noted.fields(records.record_types["crm.deal"]))[:12]
    found = widths(boss, columns=",".join(dict.fromkeys(["title", "amount", *names])))
    assert len(found) > 9
    assert int(found["title"]) > int(found["amount"]) >= 100


def test_what_one_person_keeps_is_nobody_elses(firm: Company, boss: Client, make: Make) -> None:
    make("crm.deal")
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    widen(boss, {"title": 300, "stage": 90, "amount": 150})
    assert widths(boss) == {"title": "300", "stage": "90", "amount": "150"}
    assert widths(inside(firm.bob)) == {}


def test_each_view_has_widths_of_its_own(boss: Client, make: Make) -> None:
    make("crm.deal")
    boss.post("/deals/views", {"title": "Dear", "new": "1"})
    view = str(records.View.objects.get().pk)
    widen(boss, {"title": 300}, view=view)
    assert widths(boss) == {}
    assert widths(boss, view=view)["title"] == "300"


def test_a_column_that_comes_later_has_a_width_too(boss: Client, make: Make) -> None:
    make("crm.deal")
    widen(boss, {"title": 300, "stage": 90})
    assert int(widths(boss)["amount"]) > 0


def test_nothing_kept_is_the_usual_again(boss: Client, make: Make) -> None:
    make("crm.deal")
    widen(boss, {"title": 300})
    widen(boss, {})
    assert widths(boss) == {}


def test_widths_keep_within_reason_and_to_columns_there_are(boss: Client, make: Make) -> None:
    make("crm.deal")
    widen(boss, {"title": 9, "stage": 10**9, "nonsense": 100, "amount": "wide"})
    assert widths(boss)["title"] == "56"
    assert widths(boss)["stage"] == "1200"


def test_a_stranger_to_a_view_keeps_nothing_in_it(firm: Company, boss: Client) -> None:
    boss.post("/deals/views", {"title": "Dear", "new": "1"})
    with refused("kit.missing"), opened(firm.carol.pk, door="screen") as call:
        records.views.widen(call, record_type="crm.deal", widths={"title": 300}, view=records.View.objects.get())
