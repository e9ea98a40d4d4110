"""Contacts and companies."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from potok.crm.clients.legal import Legal
from potok.records.public import Marked, Record, mark_indexes, record_indexes


def reach_indexes(name: str) -> list[models.Index]:
    """By phone and by mail a caller is found among a million."""
    return [GinIndex(fields=[way], name=f"{name}_{way}", opclasses=["jsonb_path_ops"]) for way in ("phone", "email")]


class Company(Legal, Marked, Record):
    """A firm that buys, or may buy."""

    phone = models.JSONField(default=list)
    email = models.JSONField(default=list)
    site = models.TextField(default="")
    address = models.TextField(default="")
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            *record_indexes("clients_company"),
            *reach_indexes("clients_company"),
            *mark_indexes("clients_company"),
        ]


class Contact(Marked, Record):
    """A person outside who speaks for a company or for himself."""

    surname = models.TextField(default="")
    name = models.TextField(default="")
    patronymic = models.TextField(default="")
    position = models.TextField(default="")
    company = models.ForeignKey(Company, models.SET_NULL, related_name="+", null=True)
    phone = models.JSONField(default=list)
    email = models.JSONField(default=list)
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            *record_indexes("clients_contact"),
            *reach_indexes("clients_contact"),
            *mark_indexes("clients_contact"),
            models.Index(fields=["company"], name="clients_contact_company"),
        ]
