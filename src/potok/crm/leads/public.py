"""What leads offer to other parts.

from potok.crm.leads import public as leads
    leads.take_in(call, phone="+7…", name="…", text="…", source="CALL", kind="call", key="call:17")
    leads.convert(call, lead=row, company="new", contact=7, deal="new")
"""

from potok.crm.leads.models import Lead, TakenIn, WebForm
from potok.crm.leads.operations import forms
from potok.crm.leads.operations.conversion import convert
from potok.crm.leads.operations.taking import take_in
from potok.crm.leads.record import lead

__all__ = ["Lead", "TakenIn", "WebForm", "convert", "forms", "lead", "take_in"]
