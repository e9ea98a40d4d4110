"""The screens of an import, from the file to taking it back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from potok.records.exchange import carrying
from potok.records.exchange.models import Import
from tests.company import Company
from tests.records.conftest import Make
from tests.records.exchange.conftest import table
from tests.records.screens.conftest import boss, inside

__all__ = ["boss"]


def test_a_file_goes_all_the_way_and_back(boss: Client, make: Make, firm: Company) -> None:
    make("crm.company", {"title": "Alpha", "comment": "old"})
    content = table("Name;Comment;Phone", "Alpha;new;", "Beta;<b>;8 812 000-11-01", "Gamma;;nothing")
    sent = boss.post("/companies/imports/", {"file": SimpleUploadedFile("a.csv", content)})
    of = Import.objects.get()
    here = f"/companies/imports/{of.pk}/"
    assert sent["Location"] == here
    assert "Column of the file" in boss.get(here).content.decode()
    chosen = {"column": of.columns, "key": ["title"], "on_match": "update", "responsible": firm.bob.pk}
    boss.post(f"{here}choice", chosen)
    carrying.run_until_idle()
    trial = boss.get(here).content.decode()
    for said in ("old", "new", "&lt;b&gt;", "a phone number is expected", "Import: 2"):
        assert said in trial
    problems = boss.get(f"{here}problems").content.decode("utf-8-sig")
    assert "Gamma;;nothing;" in problems
    assert "Alpha" not in problems
    boss.post(f"{here}carrying")
    carrying.run_until_idle()
    assert "Beta" in boss.get("/companies/").content.decode()
    boss.post(f"{here}undoing")
    carrying.run_until_idle()
    assert "Taken back" in boss.get(here).content.decode()
    assert "Beta" not in boss.get("/companies/").content.decode()


def test_a_file_that_is_no_table_is_answered_in_words(boss: Client) -> None:
    answer = boss.post("/companies/imports/", {"file": SimpleUploadedFile("a.csv", b"")})
    assert answer.status_code == 422
    assert "no rows" in answer.content.decode()


def test_a_stranger_meets_no_screen_of_an_import(firm: Company) -> None:
    stranger = inside(firm.bob)
    assert stranger.get("/companies/imports/").status_code == 403
    assert stranger.post("/companies/imports/").status_code == 403
    assert stranger.get("/companies/imports/1/").status_code == 404
    assert "/companies/imports/" not in stranger.get("/companies/").content.decode()


def test_rows_that_match_are_put_before_the_person_on_the_page(boss: Client, make: Make) -> None:
    make("crm.company", {"title": "Alpha", "comment": "old"})
    make("crm.company", {"title": "Beta", "comment": "old"})
    boss.post(
        "/companies/imports/", {"file": SimpleUploadedFile("a.csv", table("Name;Comment", "Alpha;new", "Beta;new"))}
    )
    of = Import.objects.get()
    here = f"/companies/imports/{of.pk}/"
    boss.post(f"{here}choice", {"column": of.columns, "key": ["title"], "on_match": "ask"})
    carrying.run_until_idle()
    page = boss.get(here).content.decode()
    assert "2 rows fit records that are there" in page
    assert f"{here}carrying" not in page
    boss.post(f"{here}answer", {"match.one": "skip", "row": ["2"], "marked": "1"})
    carrying.run_until_idle()
    boss.post(f"{here}answer", {"match.one": "update", "all": "one"})
    carrying.run_until_idle()
    assert f"{here}carrying" in boss.get(here).content.decode()
    boss.post(f"{here}carrying")
    carrying.run_until_idle()
    assert "90 days" in boss.get(here).content.decode()
    assert [line.outcome for line in of.lines.all()] == ["skip", "change"]


def test_candidates_are_told_apart_and_chosen_on_the_page(boss: Client, make: Make) -> None:
    first = make("crm.company", {"title": "Twin", "phone": ["+78120001101"], "comment": "old"})
    second = make("crm.company", {"title": "Twin", "phone": ["+78120001102"]})
    make("crm.company", {"title": "Twin", "phone": ["+78120001103"]})
    rows = table("Name;Comment", "Twin;a", "TWIN ;b", "New;c")
    boss.post("/companies/imports/", {"file": SimpleUploadedFile("a.csv", rows)})
    of = Import.objects.get()
    here = f"/companies/imports/{of.pk}/"
    boss.post(f"{here}choice", {"column": of.columns, "key": ["title"], "on_match": "update"})
    carrying.run_until_idle()
    page = boss.get(here).content.decode()
    for said in ("1 row fits several records", f"№ {first.pk}", "+78120001102", f'value="{second.pk}"'):
        assert said in page
    assert boss.post(f"{here}answer", {}).status_code == 422
    boss.post(f"{here}answer", {"pick.2": second.pk})
    page = boss.get(here).content.decode()
    assert f'value="{second.pk}" checked' in page
    boss.post(f"{here}carrying")
    carrying.run_until_idle()
    second.refresh_from_db()
    assert second.comment == "a"  # type: ignore[attr-defined]
