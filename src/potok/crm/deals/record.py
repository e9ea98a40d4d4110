"""Deals as a record type, and the dictionaries of sales."""

from django.utils.translation import gettext_lazy as _

from potok.crm.deals.models import Deal
from potok.crm.goods.public import Carrier, carry
from potok.records.public import Dictionary, RecordType, declare, declare_dictionary, fields

SOURCE = declare_dictionary(
    Dictionary(
        "crm.source",
        _("Sources"),
        (
            ("EMAIL", _("E-mail")),
            ("CALL", _("Phone call")),
            ("WEB", _("Site")),
            ("WEBFORM", _("Web form")),
            ("MESSENGER", _("Messenger")),
            ("RECOMMENDATION", _("Referral")),
            ("TRADE_SHOW", _("Fair")),
            ("MANUAL", _("By hand")),
            ("OTHER", _("Something else")),
        ),
        entity="SOURCE",
    )
)
LOST_REASON = declare_dictionary(
    Dictionary(
        "crm.lost_reason",
        _("Reasons of refusal"),
        (
            ("PRICE", _("Too expensive")),
            ("COMPETITOR", _("Chose somebody else")),
            ("NO_NEED", _("No need any more")),
            ("NO_ANSWER", _("Does not answer")),
            ("NOT_OURS", _("Not what we do")),
            ("OTHER", _("Something else")),
        ),
        entity="LOST_REASON",
    )
)
deal = declare(
    RecordType(
        name="crm.deal",
        model=Deal,
        titles=(_("Deal"), _("Deals")),
        icon="kanban",
        path="deals",
        fields=[
            fields.MoneyField("amount", _("Amount")),
            fields.YesNo("amount_by_hand", _("Amount typed by hand")),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Link("contact", _("Contact"), to="crm.contact"),
            fields.Date("close_on", _("Expected on")),
            fields.FromDictionary("source", _("Source"), dictionary=SOURCE.name),
            fields.FromDictionary("lost_reason", _("Reason of refusal"), dictionary=LOST_REASON.name),
            fields.Text("comment", _("Comment"), long=True),
            *fields.marks(),
        ],
        pipeline=True,
        columns=["title", "stage", "amount", "company", "responsible", "close_on"],
        card=[
            (
                _("About the deal"),
                ["responsible", "observers", "amount", "close_on", "source", "tags", "comment", "lost_reason"],
            ),
            (_("Client"), ["company", "contact"]),
        ],
    )
)
carry(Carrier(deal, lines="crm.deal.lines", by_hand="amount_by_hand"))
