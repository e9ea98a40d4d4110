"""Questions about sales."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from potok.crm.sales.models import Invoice, OwnEntity, PaidStage
from potok.crm.sales.record import own_entity
from potok.records import public as records
from potok.records.public import Stage

PAID = "PAID"


def usual_entity() -> OwnEntity | None:
    """The entity that papers come from where nobody says otherwise: the one marked so, else the first."""
    kept = OwnEntity.objects.filter(removed_at=None)
    found: OwnEntity | None = kept.filter(is_default=True).first() or kept.order_by("pk").first()
    return found


def paid(invoice: Invoice) -> Decimal:
    """What has been paid for an invoice."""
    return invoice.payments.aggregate(paid=Sum("amount"))["paid"] or Decimal(0)


def paid_stage(pipeline: int) -> Stage | None:
    """Where a deal of a pipeline goes when it is paid: as it was set, else the stage whose code says so."""
    chosen = PaidStage.objects.filter(pipeline=pipeline).select_related("stage").first()
    if chosen is not None:
        return chosen.stage
    stages = records.current().stages_of(pipeline)
    return next((one for one in stages if one.code.rpartition(":")[2] == PAID), None)


def entities(*, by: int | None) -> Any:
    """Our own entities, as far as the person may see them."""
    return records.rows(own_entity, by=by).order_by("-is_default", "sort_key")
