"""Words with a mistake: how many there are between two words, and what those with one have in common. Pure."""

from collections.abc import Iterable
from zlib import crc32

LETTERS_MIN = 4  # three letters with one wrong may be anything
COMPARED = 7  # letters from the beginning: one mistake among these, and another behind them
TWO_FROM = 8  # letters from which a second mistake is forgiven
KEPT = 8


def near(word: str) -> list[int]:
    """Numbers of which two words share one if their beginnings differ by a letter too many, too few or another."""
    beginning = word[:COMPARED]
    shorter = {beginning[:place] + beginning[place + 1 :] for place in range(len(beginning))}
    return sorted({_number(one) for one in {beginning, *shorter}})


def nearest(asked: str, known: Iterable[str]) -> list[str]:
    """Of known words those that begin like the asked one but for a mistake or two, the likeliest first."""
    allowed = 2 if len(asked) >= TWO_FROM else 1
    counted = sorted((mistakes(asked, word, most=allowed), abs(len(word) - len(asked)), word) for word in known)
    return [word for count, _, word in counted if count <= allowed][:KEPT]


def mistakes(asked: str, word: str, *, most: int) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour between a word and the beginning
    of another; `most` + 1 stands for all that is more."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for place, letter in enumerate(asked, 1):
        earlier, before, row = before, row, [place]
        for other, its in enumerate(word, 1):
            cost = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != its))
            if place > 1 and other > 1 and letter == word[other - 2] and asked[place - 2] == its:
                cost = min(cost, earlier[other - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row)


def _number(text: str) -> int:
    """Within what the database holds in four bytes."""
    return crc32(text.encode()) - 2**31
