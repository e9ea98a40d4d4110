"""Settings changed under data that is there: a way out is offered, and nothing is lost."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.records import public as records
from potok.records.converting import possible, rehearse
from potok.records.models import CustomField, Layout
from potok.records.public import History, Record, Stage, custom_fields, layouts, pipelines
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.screens.conftest import boss  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def stage(code: str) -> Stage:
    return Stage.objects.get(record_type="crm.deal", code=code)


def remove(code: str, *, to: str = "") -> None:
    with opened(None, door="screen") as call:
        pipelines.remove_stage(call, stage=stage(code), to=stage(to) if to else None)


def test_the_records_of_a_removed_stage_go_where_one_says(make: Make) -> None:
    one, trashed = make("crm.deal", {"stage": "PAID"}), make("crm.deal", {"stage": "PAID"})
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=trashed)
    with refused("records.stage.used"):
        remove("PAID")
    with refused("records.stage.same_place"):
        remove("PAID", to="PAID")
    remove("PAID", to="NEW")
    loaded: Any = records.load([one.ref, trashed.ref])
    assert [loaded[row.ref].stage.code for row in (one, trashed)] == ["NEW", "NEW"]
    last = History.objects.filter(record_type="crm.deal", record_id=one.pk)[0]
    assert (last.before["stage"], last.after["stage"]) == ("PAID", "NEW")


def test_the_screen_asks_where_they_go(boss: Any, make: Make) -> None:  # noqa: F811 (the fixture)
    make("crm.deal", {"stage": "PAID"})
    page = f"/settings/deals/stages/{stage('PAID').pk}/removal"
    assert boss.post(page, headers=SCRIPT).headers["HX-Redirect"] == page
    assert "One record stands on this stage." in boss.get(page).content.decode()
    boss.post(page, {"to": stage("WON").pk}, headers=SCRIPT)
    assert not Stage.objects.filter(code="PAID").exists()


def field_of(kind: str, **given: Any) -> CustomField:
    with opened(None, door="screen") as call:
        return custom_fields.add(call, record_type="crm.deal", kind=kind, title="Size", name="size", **given)


@pytest.mark.parametrize(
    ("kind", "values", "to", "became"),
    [
        ("text", ["7", "8,5", "big"], "number", [7, 8.5, None]),
        ("text", ["24.11.2026", "soon"], "date", ["2026-11-24", None]),
        ("number", [7, 8.5], "text", ["7", "8.5"]),
        ("text", ["Red", "Blue", "Red"], "choice", ["1", "2", "1"]),
        ("money", ["100 USD"], "number", [None]),
        ("date", ["2026-11-24"], "text", ["2026-11-24"]),
        ("yes_no", [True], "text", ["yes"]),
    ],
)
def test_a_field_changes_its_kind_and_what_does_not_convert_is_kept(
    make: Make, kind: str, values: list[Any], to: str, became: list[Any]
) -> None:
    field = field_of(kind)
    rows = [make("crm.deal", {"size": value}) for value in values]
    make("crm.deal")
    told = rehearse(field, to)
    assert (told.total, told.converted) == (len(values), sum(one is not None for one in became))
    with opened(None, door="screen") as call:
        custom_fields.convert(call, field=field, kind=to)
    loaded: Any = records.load(row.ref for row in rows)
    assert [loaded[row.ref].props["size"] for row in rows] == became
    beside = [loaded[row.ref].props.get("size_before") for row in rows]
    assert [one is not None for one in beside] == [one is None for one in became]
    assert CustomField.objects.filter(name="size_before", hidden=True).exists() == (None in became)


def test_references_become_nothing_else(make: Make) -> None:
    field = field_of("person")
    assert possible("person") == []
    with refused("records.field.no_way"):
        rehearse(field, "text")


def test_the_screen_shows_what_would_become_of_the_values(boss: Any, make: Make) -> None:  # noqa: F811 (the fixture)
    field = field_of("text")
    make("crm.deal", {"size": "7"})
    make("crm.deal", {"size": "big"})
    page = f"/settings/deals/fields/{field.pk}/kind"
    shown = boss.get(f"{page}?kind=number").content.decode()
    assert "1 of 2 values convert." in shown
    assert "big" in shown
    assert boss.post(page, {"kind": "number"}, headers=SCRIPT).status_code == 204
    assert CustomField.objects.get(name="size").kind == "number"


def test_a_record_does_not_point_at_itself_and_a_circle_hurts_nobody(make: Make, boss: Any) -> None:  # noqa: F811
    with opened(None, door="screen") as call:
        custom_fields.add(
            call, record_type="crm.deal", kind="link", title="Above", name="above", options=[{"to": "crm.deal"}]
        )
    one, other = make("crm.deal", {"title": "One"}), make("crm.deal", {"title": "Other"})

    def put(row: Record, to: Record) -> None:
        with opened(None, door="screen") as call:
            records.verbs["crm.deal"].change(call, record=row, values={"above": to.pk})

    with refused("records.field.linked_to_itself"):
        put(one, one)
    put(one, other)
    put(other, one)
    assert records.value(record=one.ref, path=("above", "above", "title")) == "One"
    shown = boss.get(f"/deals/{one.pk}/").content.decode()
    assert shown.count("Other") >= 2  # as the value of its field, and among what points at it


def test_a_type_is_laid_out_anew(make: Make, boss: Any) -> None:  # noqa: F811 (the fixture)
    deal = make("crm.deal", {"comment": "Second floor", "amount": "100"})
    with opened(None, door="screen") as call:
        layouts.lay_out(
            call, record_type="crm.deal", columns=["title", "comment"],
            card=[{"title": "House", "fields": ["comment"]}, {"title": "Empty", "fields": []}],
        )  # fmt: skip
    assert "Second floor" in boss.get("/deals/").content.decode()
    card = boss.get(f"/deals/{deal.pk}/?part=facts").content.decode()
    assert "House" in card
    assert "Expected on" not in card
    with refused("records.field.unknown"), opened(None, door="screen") as call:
        layouts.lay_out(call, record_type="crm.deal", columns=["nonsense"])
    with opened(None, door="screen") as call:
        layouts.lay_out(call, record_type="crm.deal")
    assert not Layout.objects.exists()


def test_a_stranger_lays_out_and_converts_nothing(make: Make, firm: Company) -> None:
    with opened(firm.carol.pk, door="screen") as call:
        answers = [
            layouts.lay_out.many([(call, {"record_type": "crm.deal", "columns": ["title"]})])[0],
            custom_fields.convert.many([(call, {"field": None, "kind": "text"})])[0],
        ]
    assert all(isinstance(answer, Forbidden) for answer in answers)
