"""Leads as a record type."""

from django.utils.translation import gettext_lazy as _

from potok.crm.deals.public import LOST_REASON, SOURCE
from potok.crm.leads.models import Lead
from potok.records.public import RecordType, declare, fields

lead = declare(
    RecordType(
        name="crm.lead",
        model=Lead,
        titles=(_("Lead"), _("Leads")),
        icon="phone-incoming",
        path="leads",
        fields=[
            fields.FromDictionary("source", _("Source"), dictionary=SOURCE.name),
            fields.Text("surname", _("Surname"), search=80),
            fields.Text("name", _("First name"), search=80),
            fields.Text("patronymic", _("Patronymic")),
            fields.Text("position", _("Position")),
            fields.Text("company_title", _("Name of the company"), search=80),
            fields.Phone("phone", _("Phone"), multiple=True, search=50),
            fields.Email("email", _("E-mail"), multiple=True, search=50),
            fields.Url("site", _("Site")),
            fields.Text("address", _("Address"), long=True),
            fields.MoneyField("amount", _("Amount")),
            fields.Text("comment", _("Comment"), long=True),
            fields.FromDictionary("lost_reason", _("Reason of refusal"), dictionary=LOST_REASON.name),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Link("contact", _("Contact"), to="crm.contact"),
            fields.Link("deal", _("Deal"), to="crm.deal"),
            *fields.marks(),
        ],
        pipeline=True,
        columns=["title", "stage", "source", "phone", "email", "responsible"],
        card=[
            (_("About the lead"), ["source", "responsible", "observers", "amount", "tags", "comment", "lost_reason"]),
            (_("Who asks"), ["surname", "name", "patronymic", "position", "company_title"]),
            (_("How to reach"), ["phone", "email", "site", "address"]),
            (_("What came of it"), ["company", "contact", "deal"]),
        ],
    )
)
