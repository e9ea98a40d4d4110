"""Products and price lists as record types."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from potok.crm.goods import units
from potok.crm.goods.models import PriceList, Product
from potok.crm.goods.sums import NO_TAX, RATES
from potok.records.public import Dictionary, RecordType, declare, declare_dictionary, fields

SECTION = declare_dictionary(Dictionary("crm.product_section", _("Sections of goods"), (), entity="PRODUCT_SECTION"))
TAXES = tuple((rate, _("Without VAT") if rate == NO_TAX else f"{rate}\N{NO-BREAK SPACE}%") for rate in RATES)

product = declare(
    RecordType(
        name="crm.product",
        model=Product,
        titles=(pgettext_lazy("record type", "Product"), _("Products")),
        icon="package",
        path="products",
        fields=[
            fields.Text("code", _("Article"), search=80),
            fields.FromDictionary("unit", _("Unit"), dictionary=units.UNITS.name, default=units.PIECE),
            fields.MoneyField("price", _("Price")),
            fields.Choice("tax", _("VAT"), options=TAXES, default=NO_TAX),
            fields.YesNo("tax_included", _("VAT is in the price"), default=True),
            fields.FromDictionary("section", _("Section"), dictionary=SECTION.name),
            fields.YesNo("active", _("On sale"), default=True),
            fields.Text("comment", _("Comment"), long=True),
        ],
        columns=["title", "code", "section", "unit", "price", "tax"],
        card=[
            (_("About the product"), ["code", "section", "unit", "active", "comment", "responsible"]),
            (_("Price"), ["price", "tax", "tax_included"]),
        ],
    )
)

price_list = declare(
    RecordType(
        name="crm.price_list",
        model=PriceList,
        titles=(_("Price list"), _("Price lists")),
        icon="tag",
        path="price-lists",
        fields=[
            fields.Choice(
                "currency", _("Currency"), options=tuple((c, c) for c in fields.money.CURRENCIES), default="RUB"
            ),
            fields.YesNo("active", _("In use"), default=True),
            fields.Text("comment", _("Comment"), long=True),
        ],
        columns=["title", "currency", "active", "responsible"],
        card=[(_("About the price list"), ["currency", "active", "comment", "responsible"])],
    )
)
