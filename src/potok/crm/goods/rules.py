"""What goods refuse."""

from decimal import Decimal

from potok.crm.goods.sums import HUNDREDTH, PERCENT, Line, of_line
from potok.kit.errors import refusal
from potok.kit.words import _

LINES_MAX = 500
LINE_MAX = Decimal(10) ** 12

NAMELESS = refusal("crm.line.nameless", _("A line needs a product or a name of its own."))
NOTHING_OF_IT = refusal("crm.line.no_quantity", _("The quantity must be more than nothing."))
BELOW_NOTHING = refusal("crm.line.negative", _("A price or a discount cannot be below nothing."))
TOO_CHEAP = refusal("crm.line.discount_too_large", _("The discount is larger than the line itself."))
TOO_LARGE = refusal("crm.line.too_large", _("The sum of the line is too large to be kept. Check quantity and price."))
TOO_MANY = refusal("crm.line.too_many", _("There is room for {max} lines. Divide them among several documents."))
NOT_THERE = refusal("crm.line.not_there", _("This line is not there any more. Look at the lines as they are now."))
CHANGED_SINCE = refusal(
    "crm.line.changed_since", _("The lines were changed again since. Take back the later changes first.")
)
UNPRICED = refusal(
    "crm.price.no_rate", _("There is no rate of {currency} on this day. Enter one in the settings, or type the price.")
)
WRONG_RATE = refusal("crm.rate.wrong", _("A rate says how many roubles one unit of another currency is worth."))
IN_TRASH = refusal("crm.line.in_trash", _("“{title}” is in the trash. Restore it first."))


def check_line(title: str, line: Line) -> None:
    """Refuse a line that makes no sense, naming the column that is wrong."""
    if not title.strip():
        raise NAMELESS(place="title")
    if line.quantity <= 0:
        raise NOTHING_OF_IT(place="quantity")
    if line.price < 0:
        raise BELOW_NOTHING(place="price")
    if line.discount < 0:
        raise BELOW_NOTHING(place="discount")
    if line.quantity * line.price >= LINE_MAX:
        raise TOO_LARGE(place="price")
    if (line.discount_kind == PERCENT and line.discount > 100) or of_line(line).total < 0:
        raise TOO_CHEAP(place="discount")


def is_typed_by_hand(*, before_lines: Decimal | None, had_lines: bool) -> bool:
    """Tell whether an amount that stands there when the first line comes was meant by a person."""
    return not had_lines and before_lines is not None and before_lines >= HUNDREDTH
