"""The page of global variables and constants."""

from potok.kit.doors import opened
from potok.processes.models import Shared
from potok.processes.operations import shared
from tests.company import Company
from tests.processes_web.conftest import Browser


def test_a_value_is_declared_filled_in_and_removed(browser: Browser, company: Company) -> None:
    as_ann = browser(company.ann)
    given = {"source": "GlobalVar", "name": "counter", "title": "Contracts", "kind": "number"}
    as_ann.post("/globals/new", given)
    one = Shared.objects.get(name="counter")
    assert "{=GlobalVar:counter}" in as_ann.get(f"/globals/{one.pk}").content.decode()
    as_ann.post(f"/globals/{one.pk}", {"title": "Contracts", "value": "41"})
    assert "41" in as_ann.get("/globals/").content.decode()
    as_ann.post(f"/globals/{one.pk}/removal")
    assert not Shared.objects.exists()


def test_people_stand_in_a_list_by_their_names(browser: Browser, company: Company) -> None:
    as_ann = browser(company.ann)
    as_ann.post("/globals/new", {"source": "GlobalConst", "name": "lawyers", "kind": "person", "multiple": "1"})
    one = Shared.objects.get(name="lawyers")
    as_ann.post(f"/globals/{one.pk}", {"title": "Lawyers", "value": [str(company.bob.pk), str(company.alice.pk)]})
    assert f"{company.bob}, {company.alice}" in as_ann.get("/globals/").content.decode()


def test_a_wrong_value_is_refused_beside_its_field(browser: Browser, company: Company) -> None:
    as_ann = browser(company.ann)
    with opened(company.ann.pk, door="screen") as call:
        one = shared.add(call, name="counter", kind="number")
    assert as_ann.post(f"/globals/{one.pk}", {"title": "", "value": "many"}).status_code == 422


def test_a_stranger_sees_nothing(browser: Browser, company: Company) -> None:
    as_carol = browser(company.carol)
    with opened(company.ann.pk, door="screen") as call:
        one = shared.add(call, name="counter", kind="number")
    for page in ("/globals/", "/globals/new", f"/globals/{one.pk}"):
        assert as_carol.get(page).status_code == 403
    assert as_carol.post(f"/globals/{one.pk}/removal").status_code == 403
