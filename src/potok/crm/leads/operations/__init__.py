"""Writes about leads beside those that every record knows."""

from potok.crm.leads.operations import conversion, forms, taking

__all__ = ["conversion", "forms", "taking"]
