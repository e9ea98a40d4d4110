"""What follows in sales: a paid deal moves on, and only one of our entities is the usual one."""

from collections.abc import Sequence

from potok.crm.sales import operations, queries
from potok.crm.sales.events import InvoicePaid
from potok.crm.sales.models import OwnEntity
from potok.kit.events import reacts_to
from potok.records import public as records
from potok.records.events import RecordChanged
from potok.records.public import Stage


@reacts_to(InvoicePaid)
def move_deals(happened: Sequence[InvoicePaid]) -> None:
    """Move the deals to where paid ones go, through the operation that everybody uses; never back.

    Who enters payments needs no right to the deal: what follows from a permitted act is the system's.
    """
    for one in happened:
        deal = operations.open_deal(one.deal)
        if deal is None or deal.stage is None or deal.stage.kind != Stage.OPEN:
            continue
        stage = queries.paid_stage(deal.stage.pipeline_id)
        if stage is not None and deal.stage.order < stage.order:
            records.verbs["crm.deal"].move(one.call.by_system(), record=deal, stage=stage.code)


@reacts_to(RecordChanged)
def keep_one_usual_entity(happened: Sequence[RecordChanged]) -> None:
    """Take the mark from the entity that was the usual one before."""
    for one in happened:
        if one.type == OwnEntity.record_type and one.after.get("is_default"):
            for other in OwnEntity.objects.filter(is_default=True).exclude(pk=one.id):
                records.fill(one.call, record=other, values={"is_default": False})
