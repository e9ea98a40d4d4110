"""What goods offer to other parts.

goods.carry(goods.Carrier(deal, lines="crm.deal.lines", by_hand="amount_by_hand"))
goods.copy_lines(call, given=deal, to=invoice)
"""

from potok.crm.goods import prices, reading, sums, units
from potok.crm.goods.carriers import Carrier, carriers, carry
from potok.crm.goods.copying import add_line, copy_lines
from potok.crm.goods.models import Line, Price, PriceList, Product, Rate
from potok.crm.goods.queries import convert, lines, lines_of, total, unit_sign, worth
from potok.crm.goods.record import price_list, product

__all__ = [
    "Carrier", "Line", "Price", "PriceList", "Product", "Rate", "add_line", "carriers", "carry", "convert",
    "copy_lines", "lines", "lines_of", "price_list", "prices", "product", "reading", "sums", "total", "unit_sign",
    "units", "worth",
]  # fmt: skip
