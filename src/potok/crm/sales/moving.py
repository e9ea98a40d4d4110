"""Where a deal goes when it is paid: a setting of its pipeline."""

from potok.crm.sales import rules
from potok.crm.sales.models import PaidStage
from potok.crm.sales.numbers import SETTINGS
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records.public import Pipeline, Stage


@operation("crm.paid_stage.choose", needs=SETTINGS)
def choose(call: Call, *, pipeline: Pipeline, stage: Stage | None) -> None:
    """Say to which stage a paid invoice moves the deals of a pipeline; without one, to the stage with the code PAID."""
    if stage is None:
        PaidStage.objects.filter(pipeline=pipeline).delete()
    elif stage.pipeline_id != pipeline.pk:
        raise rules.FOREIGN_STAGE(place="stage")
    else:
        PaidStage.objects.update_or_create(pipeline=pipeline, defaults={"stage": stage})
