"""What is set up anew while an import is on its way, a stage, a kind of field: it is told, and nothing is lost."""

from typing import Any

from django.test import Client

from potok.kit.doors import opened
from potok.records import public as records
from potok.records.models import CustomField, Stage
from potok.records.works.rules import State
from tests.company import Company
from tests.records.exchange.conftest import Bring, outcomes, sentences, table
from tests.records.exchange.test_asking import carry, firms, undo
from tests.records.screens.conftest import boss

__all__ = ["boss"]


def deals() -> Any:
    return records.record_types["crm.deal"].model.objects.order_by("pk")


def field_of(kind: str) -> CustomField:
    with opened(None, door="start_up") as call:
        made: CustomField = records.custom_fields.add(
            call, record_type="crm.company", kind=kind, title="Flats", name="uf_flats"
        )
        return made


def convert(field: CustomField, kind: str) -> None:
    with opened(None, door="start_up") as call:
        records.custom_fields.convert(call, field=field, kind=kind)


def test_a_stage_that_was_removed_since_the_check_is_told_with_its_row(bring: Bring, firm: Company) -> None:
    of = bring("crm.deal", table("Name;Stage", "A;PAID", "B;NEW"), carry=False)
    assert outcomes(of) == ["add", "add"]
    with opened(None, door="start_up") as call:
        records.pipelines.remove_stage(call, stage=Stage.objects.get(code="PAID"))
    carry(firm, of)
    assert outcomes(of) == ["wrong", "add"]
    assert "no stage" in sentences(of)[0]
    assert [one.title for one in deals()] == ["B"]


def test_a_field_of_another_kind_since_the_check_is_read_as_it_is_now(bring: Bring, firm: Company) -> None:
    field = field_of("text")
    of = bring("crm.company", table("Name;Flats", "A;120", "B;many"), carry=False)
    assert outcomes(of) == ["add", "add"]
    convert(field, "number")
    carry(firm, of)
    assert outcomes(of) == ["add", "wrong"]
    assert [(one.title, one.props["uf_flats"]) for one in firms()] == [("A", 120)]


def test_an_import_is_taken_back_though_a_field_has_another_kind(
    bring: Bring, firm: Company, make: Any, boss: Client
) -> None:
    field = field_of("text")
    make("crm.company", {"title": "A", "uf_flats": "few"})
    of = bring("crm.company", table("Name;Flats;Comment", "A;120;x", "B;7;y"), keys=["title"])
    convert(field, "number")
    undo(firm, of)
    assert of.state == State.UNDONE
    assert boss.get(f"/companies/imports/{of.pk}/").status_code == 200
    assert [line.undone for line in of.lines.all()] == ["kept", "back"]
    assert "Flats" in sentences(of)[0]
    assert [one.title for one in firms()] == ["A"]


def test_an_import_is_taken_back_though_a_field_was_removed(bring: Bring, firm: Company, make: Any) -> None:
    field = field_of("text")
    make("crm.company", {"title": "A", "uf_flats": "few", "comment": "old"})
    of = bring("crm.company", table("Name;Flats;Comment", "A;120;x"), keys=["title"])
    with opened(None, door="start_up") as call:
        records.custom_fields.remove(call, field=field)
    undo(firm, of)
    assert of.state == State.UNDONE
    assert [one.comment for one in firms()] == ["old"]
