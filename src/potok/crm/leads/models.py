"""Leads, the public forms through which they come, and what has come in."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from potok.crm.clients.public import Company, Contact
from potok.crm.deals.public import Deal
from potok.records.public import Marked, Pipeline, Record, Stage, mark_indexes, record_indexes


class Lead(Marked, Record):
    """Somebody who asked for something and is no client yet."""

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="+", null=True)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", null=True)
    source = models.TextField(default="")
    lost_reason = models.TextField(default="")
    surname = models.TextField(default="")
    name = models.TextField(default="")
    patronymic = models.TextField(default="")
    position = models.TextField(default="")
    company_title = models.TextField(default="")
    phone = models.JSONField(default=list)
    email = models.JSONField(default=list)
    site = models.TextField(default="")
    address = models.TextField(default="")
    comment = models.TextField(default="")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    # What came of it.
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, related_name="+", null=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            *record_indexes("leads_lead"),
            *mark_indexes("leads_lead"),
            models.Index(fields=["stage", "-id"], name="leads_lead_stage", condition=models.Q(removed_at=None)),
            models.Index(fields=["company"], name="leads_lead_company"),
            models.Index(fields=["contact"], name="leads_lead_contact"),
            models.Index(fields=["deal"], name="leads_lead_deal"),
            GinIndex(fields=["phone"], name="leads_lead_phone", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["email"], name="leads_lead_email", opclasses=["jsonb_path_ops"]),
        ]


class WebForm(models.Model):
    """A public form: what it asks, what whoever sends it agrees to, who answers, where he is led."""

    objects: ClassVar[models.Manager["WebForm"]]
    title = models.TextField()
    secret = models.TextField(unique=True)
    # In order: `[{"name": "phone", "required": true}]`.
    fields = models.JSONField(default=list)
    greeting = models.TextField(default="")
    consent = models.TextField(default="")
    thanks = models.TextField(default="")
    source = models.TextField(default="WEBFORM")
    # Who answers, in turn.
    queue = models.JSONField(default=list)
    turn = models.IntegerField(default=0)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class TakenIn(models.Model):
    """Something that came in, under the key that makes a second arrival of it the same."""

    objects: ClassVar[models.Manager["TakenIn"]]
    key = models.TextField(unique=True)
    at = models.DateTimeField()
    activity = models.BigIntegerField(null=True)
    lead = models.ForeignKey(Lead, models.SET_NULL, related_name="+", null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, related_name="+", null=True)
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, related_name="+", null=True)
    is_new = models.BooleanField(default=False)
