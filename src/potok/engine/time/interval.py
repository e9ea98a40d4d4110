"""Intervals as people write them: `2 days 3 minutes`, `1y 10h`, `-1 month`."""

import re
from functools import lru_cache

from potok.engine.problems import Problems, _, problem
from potok.engine.values import Duration

WRONG_INTERVAL = problem(
    "time.wrong_interval",
    _("“{text}” is not an interval."),
    hint=_("Write numbers with units, for example 2 days 3 hours or -1 month."),
)
# A thousand years in seconds has eleven digits: more would leave any calendar.
_PAIR = re.compile(r"\s*([+-]?)\s*([0-9]{1,12})\s*([^\W\d_]+)\.?\s*")

_MONTH, _DAY, _SECOND = Duration(months=1), Duration(days=1), Duration(seconds=1)
_WORDS = (
    (Duration(months=12), "y year years год года лет г"),
    (_MONTH, "m month months месяц месяца месяцев мес"),
    (Duration(days=7), "w week weeks неделя недели недель неделю нед"),
    (_DAY, "d day days день дня дней дн"),
    (Duration(seconds=3600), "h hour hours час часа часов ч"),
    (Duration(seconds=60), "i min minute minutes минута минуты минут минуту мин"),
    (_SECOND, "s sec second seconds секунда секунды секунд секунду сек"),
)
_UNITS = {word: unit for unit, words in _WORDS for word in words.split()}


@lru_cache(maxsize=1_000)
def read(text: str) -> Duration | Problems:
    """Read an interval: numbers with units, in any order and either letter case.

    `m` is a month and `i` a minute. A sign holds until the next sign: `-1 month 3h` goes back by both,
    `-1 month +3h` back and forth.
    """
    total, sign, at = Duration(), 1, 0
    while pair := _PAIR.match(text, at):
        unit = _UNITS.get(pair[3].lower())
        if unit is None:
            break
        sign = {"+": 1, "-": -1}.get(pair[1], sign)
        total = _plus(total, unit, times=sign * int(pair[2]))
        at = pair.end()
    if not text.strip() or at < len(text):
        return Problems([WRONG_INTERVAL.at(text=text)])
    return total


def names_weeks(text: str) -> bool:
    """Tell whether an interval counts in weeks: in working time nobody knows how long one is."""
    week = _UNITS["w"]
    return any(_UNITS.get(pair[3].lower()) == week for pair in _PAIR.finditer(text))


def _plus(total: Duration, unit: Duration, *, times: int) -> Duration:
    return Duration(
        total.months + unit.months * times, total.days + unit.days * times, total.seconds + unit.seconds * times
    )
