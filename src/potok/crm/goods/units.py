"""Units of measure: a dictionary whose codes are those of the state's classifier (OKEI), as documents must name them.

A new company begins with these lines of the five hundred; administrators add others under their codes.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from potok.records.public import Dictionary, declare_dictionary

PIECE = "796"
USUAL = (
    (PIECE, pgettext_lazy("unit of measure", "pcs")),
    ("839", pgettext_lazy("unit of measure", "set")),
    ("778", pgettext_lazy("unit of measure", "pack")),
    ("715", pgettext_lazy("unit of measure", "pair")),
    ("736", pgettext_lazy("unit of measure", "roll")),
    ("625", pgettext_lazy("unit of measure", "sheet")),
    ("642", pgettext_lazy("unit of measure", "unit")),
    ("876", pgettext_lazy("unit of measure", "notional unit")),
    ("006", pgettext_lazy("unit of measure", "m")),
    ("018", pgettext_lazy("unit of measure", "running m")),
    ("055", pgettext_lazy("unit of measure", "m²")),
    ("113", pgettext_lazy("unit of measure", "m³")),
    ("112", pgettext_lazy("unit of measure", "l")),
    ("166", pgettext_lazy("unit of measure", "kg")),
    ("168", pgettext_lazy("unit of measure", "t")),
    ("356", pgettext_lazy("unit of measure", "h")),
    ("539", pgettext_lazy("unit of measure", "man-hour")),
    ("359", pgettext_lazy("unit of measure", "day")),
    ("362", pgettext_lazy("unit of measure", "month")),
    ("364", pgettext_lazy("unit of measure", "quarter")),
    ("366", pgettext_lazy("unit of measure", "year")),
    ("792", pgettext_lazy("unit of measure", "person")),
)
UNITS = declare_dictionary(Dictionary("crm.unit", _("Units of measure"), USUAL, entity="MEASURE"))
