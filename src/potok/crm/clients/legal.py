"""The requisites of a legal person as columns and as fields: companies and our own entities have the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from potok.records.public import fields


class Legal(models.Model):
    """Columns of a legal person's requisites."""

    legal_name = models.TextField(default="")
    inn = models.TextField(default="")
    kpp = models.TextField(default="")
    ogrn = models.TextField(default="")
    legal_address = models.TextField(default="")
    bank = models.TextField(default="")
    bic = models.TextField(default="")
    account = models.TextField(default="")
    bank_account = models.TextField(default="")

    class Meta:
        abstract = True


def legal_fields() -> list[fields.Field]:
    """The fields of those columns."""
    return [
        fields.Text("legal_name", _("Full legal name")),
        fields.Text("inn", _("INN"), search=80),
        fields.Text("kpp", _("KPP")),
        fields.Text("ogrn", _("OGRN")),
        fields.Text("legal_address", _("Legal address")),
        fields.Text("bank", _("Bank")),
        fields.Text("bic", _("BIC")),
        fields.Text("account", _("Account")),
        fields.Text("bank_account", _("Account of the bank")),
    ]


LEGAL = [field.name for field in legal_fields()]
