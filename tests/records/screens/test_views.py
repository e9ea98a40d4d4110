"""Saved views: what is kept, who keeps it, how the screen says that it shows something else."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from potok.people.public import Extent
from potok.records.models import View
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

DEAR = '{"all":[{"field":"amount","operator":"at_least","value":"500"}]}'


def saved(client: Client, **more: str) -> str:
    given = {"title": "Dear ones", "new": "1", "filter": DEAR, "sort": "-amount", "columns": "title,amount", **more}
    answer = client.post("/deals/views", given)
    assert answer.status_code == 303, answer.content
    return parse_qs(urlsplit(answer["Location"]).query)["view"][0]


def test_a_view_keeps_filter_order_and_columns(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "Cheap", "amount": 10})
    make("crm.deal", {"title": "Dear", "amount": 1000})
    page = boss.get(f"/deals/?view={saved(boss)}").content.decode()
    assert "Dear" in page
    assert ">Cheap<" not in page
    assert page.count("<th scope") == 2
    assert "changed-dot" not in page


def test_a_view_that_is_not_as_kept_says_so(boss: Client) -> None:
    page = boss.get(f"/deals/?view={saved(boss)}&q=roof").content.decode()
    assert "changed-dot" in page
    assert "Reset" in page


def test_saving_again_changes_the_view_and_makes_no_other(boss: Client) -> None:
    view = saved(boss)
    boss.post("/deals/views", {"view": view, "q": "roof"})
    assert [(str(one.pk), one.search) for one in View.objects.all()] == [(view, "roof")]


def test_an_own_view_is_nobody_elses(firm: Company, boss: Client) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    view = saved(boss)
    bob = inside(firm.bob)
    assert "Dear ones" not in bob.get("/deals/").content.decode()
    assert bob.post(f"/deals/views/{view}/removal").status_code == 404
    assert View.objects.filter(pk=view).exists()


def test_only_who_may_share_keeps_views_for_everybody(firm: Company, boss: Client) -> None:
    assert inside(firm.bob).post("/deals/views", {"title": "All", "new": "1", "shared": "1"}).status_code == 403
    saved(boss, shared="1")
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    assert "Dear ones" in inside(firm.bob).get("/deals/").content.decode()


def test_a_view_needs_a_name(boss: Client) -> None:
    assert boss.post("/deals/views", {"title": " ", "new": "1"}).status_code == 422


def test_a_removed_view_is_gone(boss: Client) -> None:
    view = saved(boss)
    boss.post(f"/deals/views/{view}/removal")
    assert not View.objects.exists()
