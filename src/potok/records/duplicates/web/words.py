"""By what records are alike, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext

from potok.records.duplicates.likeness import EMAIL, NAME, PHONE, TAX
from potok.records.duplicates.models import Pair
from potok.records.search.kinds import half_seen


def shared(sorts: Iterable[str]) -> str:
    """«телефон, e-mail»."""
    said = {TAX: gettext("tax number"), EMAIL: gettext("e-mail"), PHONE: gettext("phone"), NAME: gettext("the name")}
    return ", ".join(said[sort] for sort in (TAX, EMAIL, PHONE, NAME) if sort in set(sorts))


def why(pair: Pair, *, by: int | None) -> str:
    """The same of a suspected pair, for whoever reads it: of what is hidden from him nothing is said."""
    return shared({NAME} & set(pair.why) if pair.kind in half_seen(by) else pair.why)
