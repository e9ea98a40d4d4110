"""What sales offer to other parts."""

from potok.crm.sales import moving, numbers, operations, paying
from potok.crm.sales.models import Contract, DeliveryNote, Invoice, Order, OwnEntity, Payment, Project, Quote
from potok.crm.sales.queries import paid, paid_stage, usual_entity

__all__ = [
    "Contract", "DeliveryNote", "Invoice", "Order", "OwnEntity", "Payment", "Project", "Quote", "moving", "numbers",
    "operations", "paid", "paid_stage", "paying", "usual_entity",
]  # fmt: skip
