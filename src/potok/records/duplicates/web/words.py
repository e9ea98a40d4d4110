"""By what records are alike, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext

from potok.records.duplicates.likeness import EMAIL, NAME, PHONE, TAX


def why(sorts: Iterable[str]) -> str:
    """«телефон, e-mail»."""
    said = {TAX: gettext("tax number"), EMAIL: gettext("e-mail"), PHONE: gettext("phone"), NAME: gettext("the name")}
    return ", ".join(said[sort] for sort in (TAX, EMAIL, PHONE, NAME) if sort in set(sorts))
