"""Own entities, papers, contracts and projects as record types."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from potok.crm.clients.public import LEGAL, check_requisites, legal_fields
from potok.crm.goods.public import Carrier, carry
from potok.crm.sales import rules
from potok.crm.sales.models import Contract, DeliveryNote, Invoice, Order, OwnEntity, Project, Quote
from potok.kit.errors import Refused
from potok.records.public import RecordType, declare, fields

DRAFT = (rules.DRAFT, _("Draft"))
INVOICE_STATES = (
    DRAFT,
    (rules.ISSUED, pgettext_lazy("invoice", "Issued")),
    (rules.PARTLY, pgettext_lazy("invoice", "Partly paid")),
    (rules.PAID, pgettext_lazy("invoice", "Paid")),
    (rules.CANCELLED, pgettext_lazy("invoice", "Cancelled")),
)
PAPER_STATES = (
    DRAFT,
    (rules.ISSUED, pgettext_lazy("paper", "Issued")),
    ("accepted", pgettext_lazy("paper", "Accepted")),
    ("declined", pgettext_lazy("paper", "Declined")),
    (rules.CANCELLED, pgettext_lazy("paper", "Cancelled")),
)
CONTRACT_STATES = (
    DRAFT,
    ("approval", _("Under approval")),
    ("active", pgettext_lazy("contract", "In force")),
    ("ended", pgettext_lazy("contract", "Ended")),
    ("terminated", pgettext_lazy("contract", "Terminated")),
)
PROJECT_STATES = (
    ("planned", pgettext_lazy("project", "Planned")),
    ("running", pgettext_lazy("project", "Under way")),
    ("paused", pgettext_lazy("project", "Paused")),
    ("done", pgettext_lazy("project", "Done")),
)

own_entity = declare(
    RecordType(
        name="crm.own_entity",
        model=OwnEntity,
        titles=(_("Own entity"), _("Own entities")),
        icon="stamp",
        path="own-entities",
        fields=[
            *legal_fields(),
            fields.Text("director", _("Director")),
            fields.Text("accountant", _("Chief accountant")),
            fields.Phone("phone", _("Phone")),
            fields.Email("email", _("E-mail")),
            fields.YesNo("is_default", _("Usual one")),
            fields.Text("comment", _("Comment"), long=True),
        ],
        columns=["title", "inn", "director", "is_default"],
        card=[
            (
                _("About the entity"),
                ["is_default", "director", "accountant", "phone", "email", "comment", "responsible"],
            ),
            (_("Requisites"), LEGAL),
        ],
        check=check_requisites,
    )
)


def paper_fields(states: tuple[Any, ...], *more: fields.Field, by_hand: bool = True) -> list[fields.Field]:
    """The fields that papers share, and those of one kind behind them."""
    return [
        fields.Text("number", _("No."), read_only=True),
        fields.Choice(
            "state", _("State"), options=states, default=rules.DRAFT if by_hand else None, read_only=not by_hand
        ),
        fields.Date("issued_on", _("Dated")),
        fields.Link("own_entity", _("From"), to="crm.own_entity"),
        fields.Link("company", _("Company"), to="crm.company"),
        fields.Link("contact", _("Contact"), to="crm.contact"),
        fields.Link("deal", _("Deal"), to="crm.deal"),
        fields.MoneyField("amount", _("Amount")),
        *more,
        fields.Text("comment", _("Comment"), long=True),
    ]


def titled(named: Any) -> Any:
    """How a paper is called: «Счёт № 12 от 24.11.2026», in the language of whoever issues it."""

    def title(values: Mapping[str, Any]) -> str:
        number, on = values.get("number"), values.get("issued_on")
        if not number:
            return gettext("%(paper)s (draft)") % {"paper": named}
        dated = on.strftime("%d.%m.%Y") if isinstance(on, date) else ""
        return gettext("%(paper)s No. %(number)s of %(date)s") % {"paper": named, "number": number, "date": dated}

    return title


def frozen(record: Any) -> Refused | None:
    """What has a number keeps its lines."""
    return rules.FROZEN() if record.state != rules.DRAFT else None


PARTIES = (_("Parties"), ["own_entity", "company", "contact"])
quote = declare(
    RecordType(
        name="crm.quote",
        model=Quote,
        titles=(_("Quote"), _("Quotes")),
        icon="file-text",
        path="quotes",
        fields=paper_fields(PAPER_STATES, fields.Date("valid_until", _("Valid until"))),
        columns=["title", "state", "amount", "company", "valid_until", "responsible"],
        card=[
            (_("About the quote"), ["state", "amount", "issued_on", "valid_until", "deal", "comment", "responsible"]),
            PARTIES,
        ],
        titled=titled(_("Quote")),
    )
)
order = declare(
    RecordType(
        name="crm.order",
        model=Order,
        titles=(pgettext_lazy("sales", "Order"), pgettext_lazy("sales", "Orders")),
        icon="list-checks",
        path="orders",
        fields=paper_fields(
            PAPER_STATES,
            fields.Date("deliver_on", _("Deliver on")),
            fields.Link("quote", _("Quote"), to="crm.quote"),
        ),
        columns=["title", "state", "amount", "company", "deliver_on", "responsible"],
        card=[
            (
                _("About the order"),
                ["state", "amount", "issued_on", "deliver_on", "deal", "quote", "comment", "responsible"],
            ),
            PARTIES,
        ],
        titled=titled(pgettext_lazy("sales", "Order")),
    )
)
contract = declare(
    RecordType(
        name="crm.contract",
        model=Contract,
        titles=(_("Contract"), _("Contracts")),
        icon="file-signature",
        path="contracts",
        fields=[
            fields.Text("number", _("No."), search=80),
            fields.Choice("state", _("State"), options=CONTRACT_STATES, default=rules.DRAFT),
            fields.Link("own_entity", _("From our side"), to="crm.own_entity"),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Link("deal", _("Deal"), to="crm.deal"),
            fields.Date("signed_on", _("Signed on")),
            fields.Date("starts_on", _("In force from")),
            fields.Date("ends_on", _("In force until")),
            fields.MoneyField("amount", _("Amount")),
            fields.Text("comment", _("Comment"), long=True),
        ],
        columns=["title", "number", "state", "company", "amount", "ends_on", "responsible"],
        card=[
            (_("About the contract"), ["number", "state", "amount", "deal", "comment", "responsible"]),
            (_("Parties"), ["own_entity", "company"]),
            (_("Dates"), ["signed_on", "starts_on", "ends_on"]),
        ],
    )
)
invoice = declare(
    RecordType(
        name="crm.invoice",
        model=Invoice,
        titles=(_("Invoice"), _("Invoices")),
        icon="receipt",
        path="invoices",
        fields=paper_fields(
            INVOICE_STATES,
            fields.Date("due_on", _("Pay until")),
            fields.MoneyField("paid", _("Paid so far"), read_only=True),
            fields.Link("contract", _("Contract"), to="crm.contract"),
            fields.Link("order", pgettext_lazy("sales", "Order"), to="crm.order"),
            by_hand=False,
        ),
        columns=["title", "state", "amount", "paid", "company", "due_on", "responsible"],
        card=[
            (
                _("About the invoice"),
                [
                    "state",
                    "amount",
                    "paid",
                    "issued_on",
                    "due_on",
                    "deal",
                    "contract",
                    "order",
                    "comment",
                    "responsible",
                ],
            ),
            PARTIES,
        ],
        check=rules.check_invoice,
        titled=titled(_("Invoice")),
    )
)
delivery_note = declare(
    RecordType(
        name="crm.delivery_note",
        model=DeliveryNote,
        titles=(_("Delivery note"), _("Delivery notes")),
        icon="file-output",
        path="delivery-notes",
        fields=paper_fields(
            PAPER_STATES,
            fields.Link("order", pgettext_lazy("sales", "Order"), to="crm.order"),
            fields.Link("invoice", _("Invoice"), to="crm.invoice"),
        ),
        columns=["title", "state", "amount", "company", "issued_on", "responsible"],
        card=[
            (
                _("About the delivery note"),
                ["state", "amount", "issued_on", "deal", "order", "invoice", "comment", "responsible"],
            ),
            PARTIES,
        ],
        titled=titled(_("Delivery note")),
    )
)
project = declare(
    RecordType(
        name="crm.project",
        model=Project,
        titles=(_("Project"), _("Projects")),
        icon="briefcase",
        path="projects",
        fields=[
            fields.Choice("state", _("State"), options=PROJECT_STATES, default="planned"),
            fields.Link("company", _("Company"), to="crm.company"),
            fields.Link("deal", _("Deal"), to="crm.deal"),
            fields.Link("contract", _("Contract"), to="crm.contract"),
            fields.Date("starts_on", _("Begins on")),
            fields.Date("ends_on", _("Ends on")),
            fields.MoneyField("amount", _("Budget")),
            fields.Text("comment", _("Comment"), long=True),
        ],
        columns=["title", "state", "company", "starts_on", "ends_on", "responsible"],
        card=[
            (_("About the project"), ["state", "amount", "starts_on", "ends_on", "comment", "responsible"]),
            (_("Client"), ["company", "deal", "contract"]),
        ],
    )
)

carry(Carrier(quote, lines="crm.quote.lines"))
carry(Carrier(order, lines="crm.order.lines"))
carry(Carrier(invoice, lines="crm.invoice.lines", closed=frozen))
carry(Carrier(delivery_note, lines="crm.delivery_note.lines"))
