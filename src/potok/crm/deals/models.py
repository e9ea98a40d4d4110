"""Deals."""

from typing import ClassVar

from django.db import models

from potok.crm.clients.public import Company, Contact
from potok.records.public import Marked, Pipeline, Record, Stage, mark_indexes, record_indexes


class Deal(Marked, Record):
    """A sale on its way through the stages of a pipeline."""

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="+", null=True)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    # Typed by a person, and not what the goods on the deal come to.
    amount_by_hand = models.BooleanField(default=False, null=True)
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, related_name="+", null=True)
    close_on = models.DateField(null=True)
    source = models.TextField(default="")
    lost_reason = models.TextField(default="")
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            *record_indexes("deals_deal"),
            *mark_indexes("deals_deal"),
            # With what a board adds up, and by whom it is narrowed: columns are counted without a look at the rows.
            models.Index(
                fields=["stage", "-id"],
                include=["responsible", "currency", "amount"],
                name="deals_deal_stage_worth",
                condition=models.Q(removed_at=None),
            ),
            models.Index(fields=["company"], name="deals_deal_company"),
            models.Index(fields=["contact"], name="deals_deal_contact"),
        ]
