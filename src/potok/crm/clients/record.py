"""Contacts and companies as record types."""

from django.utils.translation import gettext_lazy as _

from potok.crm.clients import rules
from potok.crm.clients.legal import LEGAL, legal_fields
from potok.crm.clients.models import Company, Contact
from potok.crm.clients.requisites import check_requisites
from potok.records.public import RecordType, declare, fields

company = declare(
    RecordType(
        name="crm.company",
        model=Company,
        titles=(_("Company"), _("Companies")),
        icon="building-2",
        path="companies",
        fields=[
            fields.Phone("phone", _("Phone"), multiple=True, search=50),
            fields.Email("email", _("E-mail"), multiple=True, search=50),
            fields.Url("site", _("Site")),
            fields.Text("address", _("Address"), long=True),
            *legal_fields(),
            fields.Text("comment", _("Comment"), long=True),
            *fields.marks(),
        ],
        columns=["title", "phone", "email", "responsible"],
        card=[
            (_("About the company"), ["phone", "email", "site", "address", "tags", "comment"]),
            (_("Who looks after it"), ["responsible", "observers"]),
            (_("Requisites"), LEGAL),
        ],
        check=check_requisites,
    )
)

contact = declare(
    RecordType(
        name="crm.contact",
        model=Contact,
        titles=(_("Contact"), _("Contacts")),
        icon="contact-round",
        path="contacts",
        fields=[
            fields.Text("surname", _("Surname"), search=80),
            fields.Text("name", _("First name"), search=80),
            fields.Text("patronymic", _("Patronymic")),
            fields.Text("position", _("Position")),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Phone("phone", _("Phone"), multiple=True, search=50),
            fields.Email("email", _("E-mail"), multiple=True, search=50),
            fields.Text("comment", _("Comment"), long=True),
            *fields.marks(),
        ],
        columns=["title", "company", "position", "phone", "email", "responsible"],
        card=[
            (_("About the contact"), ["surname", "name", "patronymic", "position", "company"]),
            (_("How to reach"), ["phone", "email", "tags", "comment", "responsible", "observers"]),
        ],
        check=rules.check_named,
        titled=rules.full_name,
    )
)
