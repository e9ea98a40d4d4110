"""What sales refuse, which state follows, and how numbers are written."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from potok.kit.errors import refusal
from potok.kit.words import _

DRAFT, ISSUED, PARTLY, PAID, CANCELLED = "draft", "issued", "partly", "paid", "cancelled"
DUE_DAYS = 5
NUMBER_MAX = 60

NOT_DRAFT = refusal("crm.paper.not_a_draft", _("This has a number already. Cancel it and draw up another."))
FROZEN = refusal(
    "crm.invoice.frozen", _("The invoice has gone to the client and stays as it is. Cancel it and draw up another.")
)
EMPTY = refusal("crm.invoice.empty", _("There is nothing to pay yet. Add goods or an amount first."))
NOT_DUE = refusal("crm.invoice.not_due", _("Only an invoice that is issued and not paid in full takes payments."))
NOTHING_PAID = refusal("crm.payment.nothing", _("A payment must be more than nothing."))
HAS_PAYMENTS = refusal("crm.invoice.has_payments", _("Money has come for this invoice. Take back the payments first."))
NO_ENTITY = refusal(
    "crm.paper.no_entity", _("Say which of your own entities this comes from; add one where there is none.")
)
WRONG_TEMPLATE = refusal(
    "crm.numbering.wrong",
    _("A template has {{n}} once; {{n:4}} fills up with noughts, {{year}} and {{month}} may stand beside."),
)
FOREIGN_STAGE = refusal("crm.paid_stage.foreign", _("The stage is one of the pipeline's own open stages."))

TOKEN = re.compile(r"\{(n|year|month)(?::(\d))?\}")


def check_issue(state: str, number: str, amount: Decimal | None, *, needs_amount: bool) -> None:
    """Refuse to give a number to what has one, or to ask for nothing."""
    if state != DRAFT or number:
        raise NOT_DRAFT()
    if needs_amount and not amount:
        raise EMPTY(place="amount")


def check_payment(state: str, amount: Decimal) -> None:
    """Refuse money for what nobody asks for, and payments of nothing."""
    if state not in (ISSUED, PARTLY):
        raise NOT_DUE()
    if amount <= 0:
        raise NOTHING_PAID(place="amount")


def check_cancel(state: str, paid: Decimal) -> None:
    """Refuse to cancel what money has come for."""
    if paid:
        raise HAS_PAYMENTS()
    if state == CANCELLED:
        raise NOT_DUE()


def state_of(amount: Decimal, paid: Decimal) -> str:
    """How an invoice stands that has been issued, by what has been paid."""
    return PAID if paid >= amount else PARTLY if paid > 0 else ISSUED


def check_invoice(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse to change what the client has in his hands."""
    if before and before.get("number") and before.get("state") != DRAFT:
        for name in ("amount", "own_entity", "company", "issued_on"):
            if before.get(name) != after.get(name):
                raise FROZEN(place=name)


def write_number(template: str, number: int, on: date) -> str:
    """Write a number by its template: `СЧ-{year}/{n:4}` is «СЧ-2026/0012»."""
    given = {"n": number, "year": on.year, "month": on.month}

    def written(found: re.Match[str]) -> str:
        width = int(found[2]) if found[2] else 2 if found[1] == "month" else 0
        return f"{given[found[1]]:0{width}}"

    return TOKEN.sub(written, template)


def check_template(template: str) -> str:
    """Read a template of numbers, or refuse one from which numbers cannot be told apart."""
    text = template.strip()
    names = [found[1] for found in TOKEN.finditer(text)]
    if names.count("n") != 1 or "{" in TOKEN.sub("", text) or len(text) > NUMBER_MAX:
        raise WRONG_TEMPLATE(place="template")
    return text
