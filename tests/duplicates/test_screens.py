"""The hint, the inbox and the preview of a merge, on screen."""

from django.test import Client

from potok.records.duplicates import operations, pairing
from potok.records.duplicates.models import Merge, Pair
from tests.company import Company
from tests.duplicates.conftest import Make
from tests.records.screens.conftest import boss, inside

__all__ = ["boss"]


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
