"""Own entities, the papers of a sale, payments, contracts and projects; how numbers run, and what a payment moves."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from potok.crm.clients.public import Company, Contact, Legal
from potok.crm.deals.public import Deal
from potok.crm.sales import rules
from potok.records.public import Pipeline, Record, Stage, record_indexes

PERSON = settings.AUTH_USER_MODEL


class OwnEntity(Legal, Record):
    """One of the legal persons under which we trade."""

    director = models.TextField(default="")
    accountant = models.TextField(default="")
    phone = models.TextField(default="")
    email = models.TextField(default="")
    is_default = models.BooleanField(default=False, null=True)
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = record_indexes("sales_ownentity")


class Paper(Record):
    """What quotes, orders, invoices and delivery notes share: from whom, to whom, about which deal, how much."""

    number = models.TextField(default="")
    state = models.TextField(default=rules.DRAFT)
    issued_on = models.DateField(null=True)
    own_entity = models.ForeignKey(OwnEntity, models.PROTECT, related_name="+", null=True)
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, related_name="+", null=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, related_name="+", null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    comment = models.TextField(default="")

    class Meta:
        abstract = True


def paper_indexes(name: str) -> list[models.Index]:
    """The indexes of a paper's table: by what it hangs on, it is found from there."""
    return [
        *record_indexes(name),
        models.Index(fields=["deal"], name=f"{name}_deal"),
        models.Index(fields=["company"], name=f"{name}_company"),
    ]


class Quote(Paper):
    """What we offer, until when."""

    valid_until = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = paper_indexes("sales_quote")


class Order(Paper):
    """What a client has ordered."""

    deliver_on = models.DateField(null=True)
    quote = models.ForeignKey(Quote, models.SET_NULL, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = paper_indexes("sales_order")


class Contract(Record):
    """What two sides have agreed, from when until when."""

    number = models.TextField(default="")
    state = models.TextField(default=rules.DRAFT)
    own_entity = models.ForeignKey(OwnEntity, models.PROTECT, related_name="+", null=True)
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, related_name="+", null=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            *paper_indexes("sales_contract"),
            models.Index(fields=["ends_on"], name="sales_contract_ends", condition=Q(removed_at=None)),
        ]


class Invoice(Paper):
    """What a client is asked to pay."""

    due_on = models.DateField(null=True)
    paid = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    contract = models.ForeignKey(Contract, models.SET_NULL, related_name="+", null=True)
    order = models.ForeignKey(Order, models.SET_NULL, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = paper_indexes("sales_invoice")


class DeliveryNote(Paper):
    """What was handed over."""

    order = models.ForeignKey(Order, models.SET_NULL, related_name="+", null=True)
    invoice = models.ForeignKey(Invoice, models.SET_NULL, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = paper_indexes("sales_deliverynote")


class Project(Record):
    """Work for a client that lasts: its deals, its contract, its dates."""

    state = models.TextField(default="planned")
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, related_name="+", null=True)
    contract = models.ForeignKey(Contract, models.SET_NULL, related_name="+", null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = paper_indexes("sales_project")


class Payment(models.Model):
    """Money that came for an invoice."""

    objects: ClassVar[models.Manager["Payment"]]
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="payments")
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    note = models.TextField(default="")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering: ClassVar = ["paid_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="sales_payment_positive")]

    def owners(self) -> tuple[int | None, ...]:
        """Whose it is, as far as permissions ask: who answers for the invoice."""
        owners: Any = self.invoice.owners()
        return tuple(owners)


class Numbering(models.Model):
    """How the numbers of a record type read."""

    objects: ClassVar[models.Manager["Numbering"]]
    record_type = models.TextField(unique=True)
    template = models.TextField()


class Counter(models.Model):
    """The last number of a record type that one of our entities gave in a year; without an entity, of all."""

    objects: ClassVar[models.Manager["Counter"]]
    record_type = models.TextField()
    entity = models.BigIntegerField(default=0)
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_type", "entity", "year"], name="sales_counter_once")
        ]


class PaidStage(models.Model):
    """Where a deal of a pipeline goes when its invoice is paid."""

    objects: ClassVar[models.Manager["PaidStage"]]
    pipeline = models.OneToOneField(Pipeline, models.CASCADE, related_name="+")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="+")
