"""What a person may have meant by what he typed: words and pieces of numbers, as typed and in the other layout. Pure.

variants("bdfyjd 555-12")     # (… as typed, … «иванов» and 55512)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from potok.kit.keyboard import other_layout
from potok.people.public import folded
from potok.records.search import patronymics
from potok.records.search.sounds import openings, sound

LENGTH_MAX = 200
TERMS_MAX = 12
DIGITS_MIN = 3  # a shorter piece of a number stands in too many
GRAM = 4
# Inside a word they stand for a soft or a hard sign.
SIGNS = re.compile(r"(?<=[^\W\d_])['’`ʹʺ](?=[^\W\d_])")
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\+?\(?\d[\d\s().-]*\d")
# How a number begins whose first digit only leads to the code: +7 921, 8 (921), 8-921.
CODE = re.compile(r"\+7|8[\s(-]+\d{3}")
NATIONAL = 10
PHONE_GROUPS = ([3, 2, 2], [3, 4], [2, 2, 2])


@dataclass(frozen=True, slots=True)
class Term:
    """One word: `word` as it was meant, `openings` of how it may sound; of a number `digits`, a piece of it."""

    word: str
    openings: tuple[str, ...] = ()
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was typed; everything in `terms` must be there."""

    text: str
    terms: tuple[Term, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(term.word for term in self.terms if not term.digits)


def variants(text: str) -> tuple[Reading, ...]:
    """The readings of a text, the likeliest first; nothing to look for, no reading."""
    # What the database cannot hold is nothing that anybody looks for.
    sayable = text[:LENGTH_MAX].replace("\x00", " ").encode(errors="ignore").decode()
    typed = " ".join(sayable.split())
    meant = " ".join(other_layout(word) for word in typed.split()) if re.search(r"[^\W\d_]", typed) else typed
    readings = {folded(one): read(one) for one in (typed, meant)}
    return tuple(reading for reading in readings.values() if reading.terms)


def read(text: str) -> Reading:
    """Understand a text as it stands."""
    folded_text = folded(text)
    numbers, rest = _numbers(folded_text)
    terms = [Term(digits, digits=digits) for digits in numbers]
    terms += [Term(word, _spoken(word)) for word in words(rest) if sound(word)]
    return Reading(folded_text, tuple(dict.fromkeys(terms))[:TERMS_MAX])


def words(text: str) -> list[str]:
    """The words of a folded text, in their order."""
    return WORD.findall(SIGNS.sub("", text))


def sounds(text: str) -> set[str]:
    """Under which sounds a folded text is found."""
    return heard(words(text))


def heard(words: Iterable[str]) -> set[str]:
    """The sounds of words."""
    return {one for word in words if (one := sound(word))}


def grams(digits: str) -> set[str]:
    """Pieces by which a number is found from any place of it: every four digits, and the last three."""
    if len(digits) < DIGITS_MIN:
        return set()
    pieces = {digits[place : place + GRAM] for place in range(len(digits) - GRAM + 1)}
    return {*pieces, digits[-DIGITS_MIN:]}


def numbers(text: str) -> list[str]:
    """The numbers of a text that are long enough to be looked for by a piece, without what divides their digits."""
    return _numbers(text)[0]


def number(text: str) -> str:
    """A phone number as it is looked for: digits without what stands before the code of the city."""
    return _national(re.sub(r"\D", "", text), is_whole=False)


def _numbers(text: str) -> tuple[list[str], str]:
    """Numbers with at least three digits, and the text without them; «дом 5» keeps its 5 as a word."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        pieces = [match[0]] if _is_one(match[0]) else match[0].split()
        kept = []
        for piece in pieces:
            digits = re.sub(r"\D", "", piece)
            if len(digits) < DIGITS_MIN:
                kept.append(piece)
            else:
                found.append(_national(digits, is_whole=CODE.match(piece) is not None))
        return f" {' '.join(kept)} "

    rest = NUMBER.sub(take, text)
    return [one for one in dict.fromkeys(found) if len(one) >= DIGITS_MIN], rest


def _is_one(text: str) -> bool:
    """Whether numbers with spaces between them are a phone number: by its length, its groups or how it begins."""
    digits = [len(re.sub(r"\D", "", group)) for group in re.split(r"[\s-]+", text)]
    return sum(digits) in (10, 11) or digits in PHONE_GROUPS or CODE.match(text) is not None


def _national(digits: str, *, is_whole: bool) -> str:
    """8 921 … and +7 921 … are one number: without what stands before the code."""
    is_russian = len(digits) == NATIONAL + 1 or (is_whole and len(digits) <= NATIONAL)
    return digits[1:] if is_russian and digits[:1] in ("7", "8") else digits


def _spoken(word: str) -> tuple[str, ...]:
    whole = patronymics.written(word)
    return tuple(dict.fromkeys((*openings(word), *((sound(whole),) if whole else ()))))
