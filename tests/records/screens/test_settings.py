"""Settings of a record type: who may, pipelines and stages in their order, added fields with their lists."""

from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.records import public as records
from potok.records.models import CustomField, Pipeline, Stage
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

SCRIPT = {"HX-Request": "true"}
HOME = "/settings/deals/"


def post(client: Client, path: str, **sent: Any) -> int:
    return client.post(f"{HOME}{path}", sent, headers=SCRIPT).status_code


def codes(pipeline: Pipeline) -> list[str]:
    return list(Stage.objects.filter(pipeline=pipeline).values_list("code", flat=True))


def stage(code: str) -> Stage:
    return Stage.objects.get(record_type="crm.deal", code=code)


def test_an_administrator_is_led_to_them(boss: Client) -> None:
    assert boss.get("/settings/records/").headers["Location"].startswith("/settings/")
    shown = boss.get(HOME).content.decode()
    assert all(part in shown for part in ("Sales", "Paid", "Add a field"))


def test_others_are_refused(firm: Company, pipeline: Pipeline) -> None:
    bob, paid = inside(firm.bob), stage("PAID")
    assert bob.get(HOME, headers=SCRIPT).status_code == 403
    assert bob.get(f"{HOME}fields/new/text", headers=SCRIPT).status_code == 403
    for path in ("pipelines", f"pipelines/{pipeline.pk}", f"pipelines/{pipeline.pk}/stages", f"stages/{paid.pk}"):
        assert post(bob, path, title="Mine", kind="open") == 403
    assert post(bob, "fields/new/text", title="Mine") == 403
    assert post(bob, f"stages/{paid.pk}/removal") == 403


def test_stages_are_added_renamed_and_removed(boss: Client, pipeline: Pipeline) -> None:
    assert post(boss, f"pipelines/{pipeline.pk}/stages", title="At work") == 204
    assert codes(pipeline) == ["NEW", "PAID", "AT_WORK", "WON", "LOST"]
    assert post(boss, f"stages/{stage('AT_WORK').pk}", title="Busy", kind="open") == 204
    assert stage("AT_WORK").title == "Busy"
    assert post(boss, f"stages/{stage('AT_WORK').pk}/removal") == 204
    assert codes(pipeline) == ["NEW", "PAID", "WON", "LOST"]


MOVES = [
    ("PAID", {"step": "up"}, ["PAID", "NEW", "WON", "LOST"]),
    ("NEW", {"step": "down"}, ["PAID", "NEW", "WON", "LOST"]),
    ("NEW", {"step": "up"}, ["NEW", "PAID", "WON", "LOST"]),
    ("LOST", {"before": "NEW"}, ["LOST", "NEW", "PAID", "WON"]),
    ("NEW", {"before": ""}, ["PAID", "WON", "LOST", "NEW"]),
]


@pytest.mark.parametrize(("code", "where", "order"), MOVES)
def test_stages_are_moved_by_buttons_and_by_dragging(
    boss: Client, pipeline: Pipeline, code: str, where: dict[str, str], order: list[str]
) -> None:
    sent = {name: str(stage(told).pk) if name == "before" and told else told for name, told in where.items()}
    assert post(boss, f"pipelines/{pipeline.pk}/order", card=stage(code).pk, **sent) == 204
    assert codes(pipeline) == order


def test_a_stage_in_use_stays(boss: Client, pipeline: Pipeline, make: Make) -> None:
    make("crm.deal")
    assert post(boss, f"stages/{stage('NEW').pk}/removal") == 204  # it asks where they go
    assert post(boss, f"pipelines/{pipeline.pk}/removal") == 422
    assert "NEW" in codes(pipeline)


def test_a_new_pipeline_has_a_beginning_and_two_ends(boss: Client, pipeline: Pipeline) -> None:
    assert post(boss, "pipelines", title="Service") == 204
    made = Pipeline.objects.get(title="Service")
    assert list(Stage.objects.filter(pipeline=made).values_list("kind", flat=True)) == ["open", "won", "lost"]
    assert post(boss, f"pipelines/{made.pk}", title="Repair") == 204
    assert post(boss, f"pipelines/{made.pk}/removal") == 204
    assert not Pipeline.objects.filter(pk=made.pk).exists()


KINDS = [
    ("text", {}), ("area", {}), ("number", {"new": "5"}), ("money", {"new": "5", "new.currency": "USD"}),
    ("yes_no", {"new": "yes"}), ("date", {}), ("moment", {}),
    ("choice", {"options": ["Red", "", "Blue"], "option.key": ["", "", ""]}),
    ("person", {}), ("link", {"to": "crm.company"}), ("file", {}), ("email", {}), ("phone", {}), ("url", {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more"), KINDS, ids=[kind for kind, _ in KINDS])
def test_a_field_of_every_kind_is_added_and_asked_for(
    boss: Client, pipeline: Pipeline, make: Make, kind: str, more: dict[str, Any]
) -> None:
    assert 'name="title"' in boss.get(f"{HOME}fields/new/{kind}").content.decode()
    assert post(boss, f"fields/new/{kind}", title="Own thing", code="own", **more) == 204
    assert CustomField.objects.get(record_type="crm.deal").name == "own"
    assert 'name="own"' in boss.get("/deals/new").content.decode()
    deal = make("crm.deal")
    assert f"/deals/{deal.pk}/fields/own" in boss.get(f"/deals/{deal.pk}/").content.decode()
    assert boss.get(f"/deals/{deal.pk}/fields/own").status_code == 200


def test_a_renamed_value_of_a_list_keeps_its_key(boss: Client, pipeline: Pipeline) -> None:
    with opened(None, door="start_up") as call:
        row = records.custom_fields.add(
            call, record_type="crm.deal", kind="choice", title="Colour", options=["Red", "Blue"]
        )
    sent = {"title": "Colour", "options": ["Green", "Crimson"], "option.key": ["", "1"], "required": "on"}
    assert post(boss, f"fields/{row.pk}", **sent) == 204
    row.refresh_from_db()
    assert row.options == [{"key": "3", "title": "Green"}, {"key": "1", "title": "Crimson"}]
    assert row.required


def test_a_field_is_removed_and_its_values_stay(boss: Client, pipeline: Pipeline, make: Make) -> None:
    with opened(None, door="start_up") as call:
        row = records.custom_fields.add(call, record_type="crm.deal", kind="text", title="Colour")
    deal = make("crm.deal", {"colour": "red"})
    assert post(boss, f"fields/{row.pk}/removal") == 204
    deal.refresh_from_db()
    assert deal.props == {"colour": "red"}
    assert "Colour" not in boss.get(HOME).content.decode()


def test_an_unknown_kind_is_refused(boss: Client) -> None:
    assert boss.get(f"{HOME}fields/new/dream", headers=SCRIPT).status_code == 404
