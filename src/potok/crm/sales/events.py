"""What happens to invoices."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InvoiceIssued(Event):
    """An invoice has got its number and goes to the client."""

    name: ClassVar[str] = "crm.invoice.issued"
    invoice: int
    deal: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InvoicePaid(Event):
    """The payments of an invoice have reached what it asks for."""

    name: ClassVar[str] = "crm.invoice.paid"
    invoice: int
    deal: int | None
