"""What deals offer to other parts."""

from potok.crm.deals.models import Deal
from potok.crm.deals.record import deal

__all__ = ["Deal", "deal"]
