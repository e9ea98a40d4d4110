"""Deals as a record type."""

from django.utils.translation import gettext_lazy as _

from potok.crm.deals.models import Deal
from potok.records.fields import Date, Link, MoneyField, Text
from potok.records.public import RecordType, declare

deal = declare(
    RecordType(
        name="crm.deal",
        model=Deal,
        titles=(_("Deal"), _("Deals")),
        icon="kanban",
        path="deals",
        fields=[
            MoneyField("amount", _("Amount")),
            Link("company", _("Company"), to="crm.company"),
            Link("contact", _("Contact"), to="crm.contact"),
            Date("close_on", _("Expected on")),
            Text("comment", _("Comment"), long=True),
        ],
        pipeline=True,
        columns=["title", "stage", "amount", "company", "responsible", "close_on"],
        card=[
            (_("About the deal"), ["responsible", "amount", "close_on", "comment"]),
            (_("Client"), ["company", "contact"]),
        ],
    )
)
