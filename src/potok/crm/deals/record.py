"""Deals as a record type."""

from django.utils.translation import gettext_lazy as _

from potok.crm.deals.models import Deal
from potok.records.public import RecordType, declare, fields

deal = declare(
    RecordType(
        name="crm.deal",
        model=Deal,
        titles=(_("Deal"), _("Deals")),
        icon="kanban",
        path="deals",
        fields=[
            fields.MoneyField("amount", _("Amount")),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Link("contact", _("Contact"), to="crm.contact"),
            fields.Date("close_on", _("Expected on")),
            fields.Text("comment", _("Comment"), long=True),
        ],
        pipeline=True,
        columns=["title", "stage", "amount", "company", "responsible", "close_on"],
        card=[
            (_("About the deal"), ["responsible", "amount", "close_on", "comment"]),
            (_("Client"), ["company", "contact"]),
        ],
    )
)
