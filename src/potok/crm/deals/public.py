"""What deals offer to other parts."""

from potok.crm.deals.models import Deal
from potok.crm.deals.record import LOST_REASON, SOURCE, deal

__all__ = ["LOST_REASON", "SOURCE", "Deal", "deal"]
