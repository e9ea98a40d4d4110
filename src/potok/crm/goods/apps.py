"""Start-up of goods."""

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    name = "potok.crm.goods"
    label = "goods"

    def ready(self) -> None:
        from potok.crm.goods import (  # noqa: F401 (they declare themselves)
            dialect,
            merging,
            operations,
            price_merging,
            prices,
            reactions,
            record,
            slots,
            telling,
        )

        merging.fill()
        price_merging.fill()
        slots.fill()
        telling.fill()
