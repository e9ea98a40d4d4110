"""What clients offer to other parts."""

from potok.crm.clients.models import Company, Contact
from potok.crm.clients.queries import lines, named, reached, reached_by
from potok.crm.clients.record import company, contact

__all__ = ["Company", "Contact", "company", "contact", "lines", "named", "reached", "reached_by"]
