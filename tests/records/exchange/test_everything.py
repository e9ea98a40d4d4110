"""Everything leaves the house in one file: as far as who asks may take it, and for nobody else."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Extent, Person
from potok.records.exchange import everything, export, packing
from potok.records.exchange.models import Export
from potok.records.works import operations as works
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.screens.conftest import boss, inside

__all__ = ["boss"]
PAGE = "/records/exports/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "exports"


def begin(person: Person) -> Export:
    with opened(person.pk, door="screen") as call:
        return everything.begin(call)


def written(person: Person) -> Export:
    of = begin(person)
    packing.serve()
    of.refresh_from_db()
    return of


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """The tables of the file by what they are called, without their numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {
            name[3:].removesuffix(".csv"): list(
                csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig")), delimiter=";")
            )
            for name in packed.namelist()
        }


def fetched(client: Client, of: Export) -> bytes:
    answer: Any = client.get(f"{PAGE}{of.pk}")
    assert answer["Content-Type"] == "application/zip"
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # `close()` would end the connection of the test, too
        close()
    return content


def test_all_types_are_in_it_with_all_their_records(firm: Company, make: Make, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    for number in range(5):
        make("crm.deal", {"title": f"=Deal {number}", "amount": number})
    make("crm.company", {"title": "Alpha", "phone": ["+78120001101"]})
    of = written(firm.ann)
    assert (of.state, of.place, of.total) == ("done", 6, 6)
    found = tables(fetched(inside(firm.ann), of))
    assert [row[1] for row in found["Deals"]] == ["Name", *(f"'=Deal {number}" for number in range(5))]
    assert found["Companies"][1][1] == "Alpha"
    assert {"Contacts", "Products", "Invoices"} <= set(found)


def test_only_what_one_may_see_and_export_is_in_it(firm: Company, make: Make) -> None:
    make("crm.deal", {"title": "Mine", "responsible": firm.bob.pk})
    make("crm.deal", {"title": "Hers", "responsible": firm.carol.pk})
    make("crm.company", {"title": "Alpha"})
    firm.grant("records.export.everything", to=firm.bob)
    firm.grant("crm.deal.see", to=firm.bob)
    firm.grant("crm.deal.export", extent=Extent.OWN, to=firm.bob)
    firm.grant("crm.company.see", to=firm.bob)
    of = written(firm.bob)
    found = tables((everything.folder() / of.file).read_bytes())
    assert {name: [row[1] for row in rows[1:]] for name, rows in found.items()} == {"Deals": ["Mine"]}


def test_a_stranger_begins_none_and_meets_nobody_elses(firm: Company, make: Make) -> None:
    with refused("kit.forbidden"):
        begin(firm.carol)
    assert inside(firm.carol).get(PAGE).status_code == 403
    assert inside(firm.carol).post(PAGE).status_code == 403
    of = written(firm.ann)
    firm.grant("records.export.everything", to=firm.carol)
    stranger = inside(firm.carol)
    assert stranger.get(f"{PAGE}{of.pk}").status_code == 404
    assert stranger.post(f"{PAGE}{of.pk}/removal").status_code == 404
    with opened(firm.carol.pk, door="screen") as call, refused("kit.missing"):
        everything.forget(call, of=of)


def test_who_has_lost_the_permission_does_not_fetch_what_he_asked_for(firm: Company) -> None:
    role = firm.grant("records.export.everything", to=firm.bob)
    of = written(firm.bob)
    assert fetched(inside(firm.bob), of)
    role.delete()
    assert inside(firm.bob).get(f"{PAGE}{of.pk}").status_code == 403


def test_the_link_expires_and_the_file_goes(firm: Company, folder: Path) -> None:
    of = written(firm.ann)
    assert len(list(folder.iterdir())) == 1
    Export.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert inside(firm.ann).get(f"{PAGE}{of.pk}").status_code == 404
    everything.sweep(0)
    assert not list(folder.iterdir())
    assert not Export.objects.exists()


def test_one_at_a_time_and_stopped_leaves_nothing_behind(
    firm: Company, make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("crm.deal")
    of = begin(firm.ann)
    with refused("records.export.under_way"):
        begin(firm.ann)
    lines = packing._lines

    def stopped(*given: Any) -> Any:
        with opened(firm.ann.pk, door="screen") as call:
            works.stop(call, of=Export.objects.get(state="running"))
        return lines(*given)

    with monkeypatch.context() as patched:
        patched.setattr(packing, "_lines", stopped)
        packing.serve()
    assert not list(folder.iterdir())
    of.refresh_from_db()
    with opened(firm.ann.pk, door="screen") as call:
        works.resume(call, of=of)
    packing.serve()
    of.refresh_from_db()
    assert of.state == "done"


def test_an_export_is_not_taken_back(firm: Company) -> None:
    of = written(firm.ann)
    with opened(firm.ann.pk, door="screen") as call, refused("records.work.not_now"):
        works.undo(call, of=of)


def test_what_fails_stands_still_and_leaves_nothing(
    firm: Company, make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make("crm.deal")
    monkeypatch.setattr(export, "cells_of", lambda *_given, **_more: 1 / 0)
    assert written(firm.ann).state == "stopped"
    assert not list(folder.iterdir())
    assert "could not be written" in caplog.text


def test_the_page_shows_how_far_it_is_and_gives_the_file(boss: Any, firm: Company, make: Make) -> None:
    make("crm.deal")
    boss.post(PAGE)
    assert "Being written" in boss.get(PAGE).content.decode()
    packing.serve()
    page = boss.get(PAGE).content.decode()
    assert "Ready" in page
    of = Export.objects.get()
    assert fetched(boss, of).startswith(b"PK")
    boss.post(f"{PAGE}{of.pk}/removal")
    assert not Export.objects.exists()
