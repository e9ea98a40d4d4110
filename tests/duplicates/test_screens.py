"""The hint, the inbox and the preview of a merge, on screen."""

from typing import Any

from django.test import Client

from potok.kit.doors import opened
from potok.records import public as records
from potok.records.duplicates import operations, pairing
from potok.records.duplicates.models import Merge, Pair
from potok.records.public import Limit, sharing
from tests.company import Company
from tests.duplicates.conftest import Make
from tests.records.screens.conftest import boss, inside

__all__ = ["boss"]


def company(pk: int) -> Any:
    return records.type_named("crm.company").model.objects.get(pk=pk)


def pair(make: Make) -> tuple[int, int]:
    one = make("crm.company", {"title": "ООО Ромашка", "phone": ["+79215551234"]})
    other = make("crm.company", {"title": "Ромашка", "phone": ["+78120001122"], "comment": "Платит"})
    pairing.serve()
    return one.pk, other.pk


def test_the_form_of_a_new_record_hints_at_what_is_there(boss: Client, make: Make) -> None:
    pair(make)
    assert 'hx-post="/duplicates/companies/hint"' in boss.get("/companies/new").content.decode()
    page = boss.post("/duplicates/companies/hint", {"title": "Ромашка"}).content.decode()
    assert "ООО Ромашка" in page
    assert "Such records are there already" in page
    assert not boss.post("/duplicates/companies/hint", {"title": "Лютик"}).content.strip()
    assert not boss.post("/duplicates/contacts/hint", {"phone": "123"}).content.strip()


def test_the_inbox_leads_to_the_preview_and_that_to_one_record(boss: Client, make: Make) -> None:
    one, other = pair(make)
    inbox = boss.get("/duplicates/").content.decode()
    assert f"/duplicates/companies/merge?ids={one},{other}" in inbox
    preview = boss.get(f"/duplicates/companies/merge?ids={one},{other}&kept={one}").content.decode()
    assert "812" in preview
    assert "Платит" in preview
    boss.post(f"/duplicates/companies/merge?ids={one},{other}", {"kept": str(one), "take.title": str(other)})
    made = Merge.objects.get()
    assert (made.kept, made.lost, made.after["title"]) == (one, [other], "Ромашка")
    assert "Merged from" in boss.get(f"/companies/{one}/").content.decode()
    assert "Merged into" in boss.get(f"/companies/{other}/").content.decode()
    boss.post(f"/duplicates/merges/{made.pk}/undoing")
    assert Pair.objects.get().state == Pair.SUSPECTED
    assert "Merged from" not in boss.get(f"/companies/{one}/").content.decode()


def test_the_card_and_the_list_lead_to_the_preview(boss: Client, make: Make) -> None:
    one, other = pair(make)
    card = boss.get(f"/companies/{one}/").content.decode()
    assert "Looks like:" in card
    assert f"/duplicates/companies/merge?ids={one},{other}&amp;kept={one}" in card
    url = "/companies/chosen/tools/duplicates.merge"
    answer = boss.post(url, {"row": [str(one), str(other)]}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Location" if "HX-Location" in answer.headers else "HX-Redirect"].endswith(
        f"/duplicates/companies/merge?ids={one},{other}"
    )
    assert boss.post(url, {"row": [str(one)]}).status_code == 422


def test_who_does_not_see_a_record_is_not_told_its_title(firm: Company, boss: Client, make: Make) -> None:
    one, other = pair(make)
    with opened(None, door="screen") as call:
        sharing.give(call, record=company(one), holder=f"user_{firm.carol.pk}")
    firm.grant(operations.MERGE, to=firm.carol)
    carol = inside(firm.carol)
    assert "Looks like:" not in carol.get(f"/companies/{one}/").content.decode()
    boss.post(f"/duplicates/companies/merge?ids={one},{other}", {"kept": str(one)})
    page = carol.get(f"/companies/{one}/").content.decode()
    assert "Merged from" not in page
    assert f"/companies/{other}/" not in page


def test_what_is_hidden_is_no_reason_that_is_told(firm: Company, make: Make) -> None:
    for _ in range(2):
        make("crm.company", {"title": "Ромашка", "phone": ["+79215551234"]})
    pairing.serve()
    firm.grant(operations.MERGE, to=firm.bob)
    role = firm.grant("crm.company.see", to=firm.bob)
    assert "phone, the name" in inside(firm.bob).get("/duplicates/").content.decode()
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type="crm.company", field="phone", level=Limit.HIDDEN)
    page = inside(firm.bob).get("/duplicates/").content.decode()
    assert "the name" in page
    assert "phone, the name" not in page


def test_a_pair_is_dismissed_from_the_inbox(boss: Client, make: Make) -> None:
    pair(make)
    boss.post(f"/duplicates/{Pair.objects.get().pk}/dismissal")
    assert "Ромашка" not in boss.get("/duplicates/").content.decode()


def test_a_stranger_is_refused(firm: Company, make: Make) -> None:
    one, other = pair(make)
    carol = inside(firm.carol)
    for path in ("/duplicates/", f"/duplicates/companies/merge?ids={one},{other}"):
        assert carol.get(path).status_code == 403
    for path in (f"/duplicates/{Pair.objects.get().pk}/dismissal", "/duplicates/merges/1/undoing"):
        assert carol.post(path).status_code == 403
    assert carol.post("/duplicates/companies/hint", {"title": "Ромашка"}).status_code == 403
    firm.grant(operations.MERGE)
    assert "Ромашка" not in carol.get("/duplicates/").content.decode()
    assert carol.get(f"/duplicates/companies/merge?ids={one},{other}").status_code == 422
