"""Whole numbers and amounts of money in words, Russian and English, as documents have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Forms: TypeAlias = tuple[str, str, str]  # one, two to four, five and more: рубль, рубля, рублей

WORDS_MAX = 10**15 - 1
_words = str.split
_TEENS = _words(
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_ONES = _words("ноль один два три четыре пять шесть семь восемь девять")
_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_GENDERED = {"f": {1: "одна", 2: "две"}, "n": {1: "одно"}}
_SCALES: tuple[tuple[str, Forms], ...] = (
    ("f", ("тысяча", "тысячи", "тысяч")),
    ("m", ("миллион", "миллиона", "миллионов")),
    ("m", ("миллиард", "миллиарда", "миллиардов")),
    ("m", ("триллион", "триллиона", "триллионов")),
)

_EN_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = ("thousand", "million", "billion", "trillion")


@dataclass(frozen=True, slots=True)
class Currency:
    """What an amount is counted in: its unit, with its gender in Russian, and its hundredth."""

    unit: Forms
    part: Forms
    gender: str
    unit_en: tuple[str, str]
    part_en: tuple[str, str]


def _named(unit: str, part: str, gender: str, english: str) -> Currency:
    one, many, small, smalls = english.split()
    units, parts = unit.split("|"), part.split("|")
    return Currency(
        (units[0], units[1], units[2]), (parts[0], parts[1], parts[2]), gender, (one.replace("_", " "),
        many.replace("_", " ")), (small, smalls),
    )  # fmt: skip


_CENT = "цент|цента|центов"
CURRENCIES = {
    "RUB": _named("рубль|рубля|рублей", "копейка|копейки|копеек", "m", "rouble roubles kopeck kopecks"),
    "BYN": _named("белорусский рубль|белорусских рубля|белорусских рублей", "копейка|копейки|копеек", "m",
                  "Belarusian_rouble Belarusian_roubles kopeck kopecks"),
    "KZT": _named("тенге|тенге|тенге", "тиын|тиына|тиынов", "m", "tenge tenge tiyn tiyns"),
    "UZS": _named("сум|сума|сумов", "тийин|тийина|тийинов", "m", "som som tiyin tiyins"),
    "AMD": _named("драм|драма|драмов", "лума|лумы|лум", "m", "dram drams luma lumas"),
    "GEL": _named("лари|лари|лари", "тетри|тетри|тетри", "m", "lari lari tetri tetri"),
    "AZN": _named("манат|маната|манатов", "гяпик|гяпика|гяпиков", "m", "manat manats qapik qapiks"),
    "UAH": _named("гривна|гривны|гривен", "копейка|копейки|копеек", "f", "hryvnia hryvnias kopiyka kopiykas"),
    "USD": _named("доллар|доллара|долларов", _CENT, "m", "dollar dollars cent cents"),
    "EUR": _named("евро|евро|евро", _CENT, "m", "euro euros cent cents"),
    "GBP": _named("фунт стерлингов|фунта стерлингов|фунтов стерлингов", "пенс|пенса|пенсов", "m",
                  "pound pounds penny pence"),
    "CNY": _named("юань|юаня|юаней", "фэнь|фэня|фэней", "m", "yuan yuan fen fen"),
    "TRY": _named("лира|лиры|лир", "куруш|куруша|курушей", "f", "lira liras kurush kurush"),
    "INR": _named("рупия|рупии|рупий", "пайса|пайсы|пайс", "f", "rupee rupees paisa paise"),
}  # fmt: skip


def in_words(number: int, *, language: str, gender: str = "m") -> str:
    """Write a whole number in words; the gender of what is counted matters in Russian: m, f or n."""
    sign = ("минус " if language == "ru" else "minus ") if number < 0 else ""
    return sign + (_russian(abs(number), gender) if language == "ru" else _english(abs(number)))


def plural(number: int, forms: Sequence[str]) -> str:
    """Choose the form of a Russian word for a number of things: 1 рубль, 2 рубля, 5 рублей."""
    last, two = abs(number) % 10, abs(number) % 100
    if last == 1 and two != 11:
        return forms[0]
    return forms[1] if 2 <= last <= 4 and not 12 <= two <= 14 else forms[2]


def money_in_words(amount: Decimal, currency: str, *, language: str) -> str:
    """Write an amount as documents do: the units in words, the hundredths in digits; «Сто один рубль 05 копеек»."""
    hundredths = int(abs(amount) * 100)
    units, parts = divmod(hundredths, 100)
    sign = ("минус " if language == "ru" else "minus ") if amount < 0 and hundredths else ""
    known = CURRENCIES.get(currency)
    gender = known.gender if known else "m"
    words = sign + in_words(units, language=language, gender=gender)
    if known is None:
        written = f"{words} {parts:02}/100 {currency}"
    elif language == "ru":
        written = f"{words} {plural(units, known.unit)} {parts:02} {plural(parts, known.part)}"
    else:
        written = f"{words} {known.unit_en[units != 1]} {parts:02} {known.part_en[parts != 1]}"
    return written[0].upper() + written[1:]


def _groups(number: int) -> list[tuple[int, int]]:
    """Take a number apart into groups of three digits, the highest first, each with its scale."""
    found = []
    scale = 0
    while number:
        number, group = divmod(number, 1000)
        if group:
            found.append((scale, group))
        scale += 1
    return found[::-1]


def _russian(number: int, gender: str) -> str:
    words: list[str] = []
    for scale, group in _groups(number):
        own, forms = _SCALES[scale - 1] if scale else (gender, ("", "", ""))
        words += [*_russian_hundreds(group, own), plural(group, forms)]
    return " ".join(filter(None, words)) or _ONES[0]


def _russian_hundreds(number: int, gender: str) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 <= rest <= 19:
        return [*words, _TEENS[rest - 10]]
    tens, ones = divmod(rest, 10)
    words += [_TENS[tens - 2]] if tens else []
    return [*words, _GENDERED.get(gender, {}).get(ones, _ONES[ones])] if ones else words


def _english(number: int) -> str:
    words: list[str] = []
    for scale, group in _groups(number):
        if words and not scale and group < 100:
            words.append("and")
        words += [_english_hundreds(group), _EN_SCALES[scale - 1] if scale else ""]
    return " ".join(filter(None, words)) or _EN_ONES[0]


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        words.append(_EN_ONES[rest] if rest < 20 else _EN_TENS[tens - 2] + (f"-{_EN_ONES[ones]}" if ones else ""))
    return " and ".join(words)
