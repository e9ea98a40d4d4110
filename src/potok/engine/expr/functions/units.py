"""Converting between units of measure. Money is another matter: it needs a rate, see `exchange`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from potok.engine.expr.arithmetic import divided, times
from potok.engine.expr.expression import Failure
from potok.engine.problems import Problems, _, problem
from potok.engine.values import NUMBER, TEXT

from .declared import function, needs

Number: TypeAlias = int | Decimal
WRONG_UNIT = problem("expr.wrong_unit", _("“{unit}” is no unit that is known."), hint=_("Write one of {known}."))
OTHER_MEASURE = problem(
    "expr.other_measure",
    _("“{one}” and “{other}” measure different things."),
    hint=_("Take two units of length, area, volume, weight, time or data."),
)
# Each measure with what a unit is of the smallest; the Russian name stands beside the international one.
_MEASURES: tuple[Mapping[str, str], ...] = (
    {"mm мм": "1", "cm см": "10", "m м": "1000", "km км": "1000000", "in дюйм": "25.4", "ft фут": "304.8"},
    {"cm2 см2": "1", "m2 м2": "10000", "ha га": "100000000", "km2 км2": "10000000000"},
    {"ml мл": "1", "l л": "1000", "m3 м3": "1000000"},
    {"g г": "1", "kg кг": "1000", "c ц": "100000", "t т": "1000000", "lb фунт": "453.59237"},
    {"s с": "1", "min мин": "60", "h ч": "3600", "d д": "86400", "w нед": "604800"},
    {"B байт": "1", "KB КБ": "1024", "MB МБ": "1048576", "GB ГБ": "1073741824", "TB ТБ": "1099511627776"},
)
_UNITS: dict[str, tuple[int, Decimal]] = {
    name: (measure, Decimal(size))
    for measure, units in enumerate(_MEASURES)
    for names, size in units.items()
    for name in names.split()
}


def read_unit(text: str) -> tuple[int, Decimal] | Problems:
    """Read the name of a unit: the measure it belongs to and its size."""
    found = _UNITS.get(text.strip()) or _UNITS.get(text.strip().lower())
    return found or Problems([WRONG_UNIT.at(unit=text, known=", ".join(_UNITS))])


def _declare(name: str) -> None:
    @function(
        name,
        _("The number turned from one unit into another: length, area, volume, weight, time, data."),
        needs("number", NUMBER),
        needs("from", TEXT, reads=read_unit),
        needs("to", TEXT, reads=read_unit),
        gives=NUMBER,
    )
    def converted(given: Number, one: str, other: str) -> Number:
        (measure, size), (same, wanted) = _unit(one), _unit(other)
        if measure != same:
            raise Failure(OTHER_MEASURE.at(one=one, other=other))
        return divided(times(given, size), wanted)


def _unit(text: str) -> tuple[int, Decimal]:
    found = read_unit(text)
    if isinstance(found, Problems):
        raise Failure(found[0])
    return found


_declare("convert")
_declare("converter")
