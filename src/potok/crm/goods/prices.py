"""Prices of price lists and rates of currencies: what administrators and buyers keep."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from potok.crm.goods import rules
from potok.crm.goods.models import Price, PriceList, Product, Rate
from potok.crm.goods.queries import HOME
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.records.public import fields

RATES = permission("crm.rate.edit", _("Change rates of currencies"))
CODES = tuple(code for code in fields.money.CURRENCIES if code != HOME)


@operation("crm.price.set", needs="crm.price_list.edit", on="price_list")
def set_(call: Call, *, price_list: PriceList, product: Product, amount: Decimal | None) -> None:
    """Say what a product costs by a price list; without an amount it costs as much as usual."""
    if amount is None:
        Price.objects.filter(price_list=price_list, product=product).delete()
    elif amount < 0:
        raise rules.BELOW_NOTHING(place="amount")
    else:
        Price.objects.update_or_create(price_list=price_list, product=product, defaults={"amount": amount})
    touch(product.record_type, product.pk)


@operation("crm.rate.set", needs=RATES)
def set_rate(call: Call, *, currency: str, since: date, worth: Decimal) -> Rate:
    """Say what a currency is worth in roubles from a day on; the rate of a day given twice is replaced."""
    if currency not in CODES or worth <= 0:
        raise rules.WRONG_RATE(place="worth")
    return Rate.objects.update_or_create(currency=currency, since=since, defaults={"worth": worth})[0]


@operation("crm.rate.remove", needs=RATES)
def remove_rate(call: Call, *, rate: Rate) -> None:
    """Take back a rate that was entered by mistake; the one before it holds again."""
    rate.delete()
