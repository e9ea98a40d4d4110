"""Products, price lists, rates of currencies, and the lines of whatever has lines."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from potok.crm.goods import sums, units
from potok.records.public import Record, record_indexes

DIGITS, PLACES = 18, 4


class Product(Record):
    """What is sold: goods or a service, with its usual price."""

    code = models.TextField(default="")
    unit = models.TextField(default=units.PIECE)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="RUB")
    tax = models.TextField(default=sums.NO_TAX)
    tax_included = models.BooleanField(default=True, null=True)
    section = models.TextField(default="")
    active = models.BooleanField(default=True, null=True)
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            *record_indexes("goods_product"),
            models.Index(fields=["code"], name="goods_product_code", condition=~Q(code="")),
        ]


class PriceList(Record):
    """Prices for some occasion: wholesale, a partner, abroad. What it lacks costs as much as usual."""

    currency = models.TextField(default="RUB")
    active = models.BooleanField(default=True, null=True)
    comment = models.TextField(default="")

    class Meta:
        indexes: ClassVar = record_indexes("goods_pricelist")


class Price(models.Model):
    """What a product costs by a price list, in the currency of the list."""

    objects: ClassVar[models.Manager["Price"]]
    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="prices")
    product = models.ForeignKey(Product, models.CASCADE, related_name="prices")
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["price_list", "product"], name="goods_price_once")]


class Rate(models.Model):
    """How many roubles one unit of a currency is worth from a day on."""

    objects: ClassVar[models.Manager["Rate"]]
    currency = models.TextField()
    since = models.DateField()
    worth = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        ordering: ClassVar = ["currency", "-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["currency", "since"], name="goods_rate_once"),
            models.CheckConstraint(condition=Q(worth__gt=0), name="goods_rate_positive"),
        ]


class Line(models.Model):
    """One line of a record: a product, or a text alone. Sums are worked out by `sums`, never kept."""

    objects: ClassVar[models.Manager["Line"]]
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    place = models.IntegerField()
    product = models.ForeignKey(Product, models.SET_NULL, related_name="+", null=True)
    title = models.TextField()
    unit = models.TextField(default=units.PIECE)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(1))
    price = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    discount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    discount_kind = models.TextField(default=sums.PERCENT)
    tax = models.TextField(default=sums.NO_TAX)
    tax_included = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        indexes: ClassVar = [
            models.Index(fields=["record_type", "record_id", "place"], name="goods_line_record"),
            models.Index(fields=["product"], name="goods_line_product", condition=Q(product__isnull=False)),
        ]

    @property
    def counted(self) -> sums.Line:
        """What its sums are worked out from."""
        return sums.Line(self.quantity, self.price, self.discount, self.discount_kind, self.tax, self.tax_included)

    @property
    def sums(self) -> sums.Sums:
        """What it comes to."""
        return sums.of_line(self.counted)
