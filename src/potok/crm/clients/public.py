"""What clients offer to other parts."""

from potok.crm.clients.legal import LEGAL, Legal, legal_fields
from potok.crm.clients.models import Company, Contact
from potok.crm.clients.queries import lines, named, reached, reached_by
from potok.crm.clients.record import company, contact
from potok.crm.clients.requisites import check_requisites

__all__ = [
    "LEGAL",
    "Company",
    "Contact",
    "Legal",
    "check_requisites",
    "company",
    "contact",
    "legal_fields",
    "lines",
    "named",
    "reached",
    "reached_by",
]
