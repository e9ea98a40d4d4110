"""Pipelines and stages: what administrators keep, and where records may stand."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.records import public as records
from potok.records.public import Pipeline, Stage
from tests.company import Company
from tests.records.conftest import STAGES, Make, refused

pytestmark = pytest.mark.django_db


def second(title: str = "Service") -> Pipeline:
    with opened(None, door="start_up") as call:
        return records.pipelines.add(call, record_type="crm.deal", title=title, stages=STAGES)


def test_a_new_deal_begins_at_the_first_open_stage(make: Make) -> None:
    assert make("crm.deal").stage.code == "NEW"


def test_codes_of_later_pipelines_begin_with_the_pipeline(make: Make) -> None:
    other = second()
    assert [stage.code for stage in records.current().stages_of(other.pk)][:2] == [
        f"C{other.pk}:NEW",
        f"C{other.pk}:PAID",
    ]


def test_a_deal_moves_by_the_code_of_a_stage(make: Make) -> None:
    deal = make("crm.deal")
    with opened(None, door="screen") as call:
        moved = records.verbs["crm.deal"].move(call, record=deal, stage="PAID")
    assert moved.stage.title == "Paid"


def test_an_unknown_stage_is_refused_with_those_there_are(make: Make) -> None:
    deal = make("crm.deal")
    with opened(None, door="screen") as call, pytest.raises(Refused, match="NEW, PAID, WON, LOST") as caught:
        records.verbs["crm.deal"].move(call, record=deal, stage="NOWHERE")
    assert caught.value.code == "records.stage.unknown"


def test_a_stage_of_another_pipeline_takes_the_deal_there(make: Make) -> None:
    deal, other = make("crm.deal"), second()
    with opened(None, door="screen") as call:
        moved = records.verbs["crm.deal"].move(call, record=deal, stage=f"C{other.pk}:PAID")
    assert moved.pipeline_id == other.pk


def test_stage_and_pipeline_given_together_must_agree(make: Make) -> None:
    deal, other = make("crm.deal"), second()
    with opened(None, door="screen") as call, refused("records.stage.foreign"):
        records.verbs["crm.deal"].change(call, record=deal, values={"pipeline": other.pk, "stage": "PAID"})


def test_a_stage_with_records_is_not_removed(make: Make) -> None:
    make("crm.deal")
    with opened(None, door="screen") as call, refused("records.stage.used"):
        records.pipelines.remove_stage(call, stage=Stage.objects.get(code="NEW"))


def test_a_pipeline_with_records_is_not_removed(make: Make, pipeline: Pipeline) -> None:
    make("crm.deal")
    with opened(None, door="screen") as call, refused("records.pipeline.used"):
        records.pipelines.remove(call, pipeline=pipeline)


def test_stages_are_added_before_the_final_ones_renamed_and_ordered(pipeline: Pipeline) -> None:
    with opened(None, door="screen") as call:
        records.pipelines.add_stage(call, pipeline=pipeline, title="В работе")
        paid = Stage.objects.get(code="PAID")
        records.pipelines.change_stage(call, stage=paid, title="Money came", kind="open")
        records.pipelines.order_stages(call, pipeline=pipeline, stages=[paid.pk])
        records.pipelines.rename(call, pipeline=pipeline, title="Renamed")
    stages = records.current().stages_of(pipeline.pk)
    assert [(stage.code, stage.title) for stage in stages] == [
        ("PAID", "Money came"), ("NEW", "New"), ("V_RABOTE", "В работе"), ("WON", "Won"), ("LOST", "Lost"),
    ]  # fmt: skip


def test_the_last_open_stage_stays(pipeline: Pipeline) -> None:
    with opened(None, door="screen") as call, refused("records.stage.last"):
        records.pipelines.remove_stage(call, stage=Stage.objects.get(code="PAID"))
        records.pipelines.remove_stage(call, stage=Stage.objects.get(code="NEW"))


def test_names_are_needed_and_not_doubled(pipeline: Pipeline) -> None:
    with opened(None, door="screen") as call, refused("records.setting.doubled"):
        records.pipelines.add_stage(call, pipeline=pipeline, title="paid")
    with opened(None, door="screen") as call, refused("records.setting.untitled"):
        records.pipelines.rename(call, pipeline=pipeline, title=" ")


def test_only_administrators_keep_pipelines_and_fields(firm: Company, pipeline: Pipeline) -> None:
    stage = Stage.objects.get(code="NEW")
    with opened(firm.carol.pk, door="screen") as call:
        field = {"record_type": "crm.deal", "kind": "text", "title": "x"}
        answers = [
            records.pipelines.add.many([(call, {"record_type": "crm.deal", "title": "x"})]),
            records.pipelines.rename.many([(call, {"pipeline": pipeline, "title": "x"})]),
            records.pipelines.remove.many([(call, {"pipeline": pipeline})]),
            records.pipelines.add_stage.many([(call, {"pipeline": pipeline, "title": "x"})]),
            records.pipelines.change_stage.many([(call, {"stage": stage, "title": "x", "kind": "open"})]),
            records.pipelines.order_stages.many([(call, {"pipeline": pipeline, "stages": []})]),
            records.pipelines.remove_stage.many([(call, {"stage": stage})]),
            records.custom_fields.add.many([(call, field)]),
        ]
    assert all(isinstance(answer, Forbidden) for [answer] in answers)
