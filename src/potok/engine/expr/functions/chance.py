"""Drawing lots. A step that is repeated draws the same again."""

from decimal import Decimal
from typing import TypeAlias

from potok.engine.expr import complaints
from potok.engine.expr.expression import Context, Failure
from potok.engine.problems import _
from potok.engine.values import ANY, NUMBER, TEXT, Type, Value, many

from .declared import Arguments, function, may, needs

Number: TypeAlias = int | Decimal
LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
DRAWN_MAX = 1_000


def _same(arguments: Arguments) -> Type:
    return many(arguments[0][1])


@function("rand", _("A whole number drawn between two others, both included."), needs("from", NUMBER),
          needs("to", NUMBER), gives=NUMBER, context=True)  # fmt: skip
def drawn_number(context: Context, low: Number, high: Number) -> int:
    first, last = int(low), int(high)
    if last < first:
        raise Failure(complaints.WRONG_VALUE.at(value=f"{first}…{last}", wanted="number"))
    return first + context.chance.draw(last - first + 1)


@function(
    "randstring",
    _("A text of so many characters drawn from letters and digits, or from the characters given; no password."),
    needs("length", NUMBER),
    may("characters", TEXT, many(TEXT)),
    gives=TEXT,
    context=True,
)
def drawn_text(context: Context, length: Number, characters: str | tuple[str, ...] = LETTERS_AND_DIGITS) -> str:
    among = characters if isinstance(characters, str) else "".join(characters)
    if length > DRAWN_MAX:
        raise Failure(complaints.RESULT_TOO_LONG.at(most=DRAWN_MAX))
    return "".join(among[context.chance.draw(len(among))] for _each in range(int(length))) if among else ""


@function("shuffle", _("The items of a list in an order that is drawn."), needs("list", many(ANY)), gives=_same,
          takes_empty=True, context=True)  # fmt: skip
def shuffled(context: Context, items: tuple[Value, ...]) -> tuple[Value, ...]:
    left = list(items)
    for place in range(len(left) - 1, 0, -1):
        other = context.chance.draw(place + 1)
        left[place], left[other] = left[other], left[place]
    return tuple(left)
