"""Numbers in words, cases of names and titles, Latin letters."""

from decimal import ROUND_DOWN, Decimal
from typing import TypeAlias

from potok.engine.expr import complaints
from potok.engine.expr.arithmetic import rounded
from potok.engine.expr.expression import Context, Failure, checked_length
from potok.engine.problems import Problems, _, problem
from potok.engine.values import MONEY, NUMBER, TEXT, Money

from .declared import function, may, needs
from .declension import CASES, declined, declined_name
from .number_words import WORDS_MAX, in_words, money_in_words, plural

Number: TypeAlias = int | Decimal
WRONG_WORD = problem("expr.wrong_word", _("“{text}” is not known here."), hint=_("Write one of {known}."))
LANGUAGES = {"ru": "ru", "en": "en"}
GENDERS = {"m": "m", "f": "f", "n": "n", "м": "m", "ж": "f", "с": "n"}
RUBLES = "RUB"
_LATIN = dict(zip("абвгдезийклмнопрстуфы", "abvgdeziiklmnoprstufy", strict=True)) | {"ь": "", "ъ": "ie", "э": "e"}
_LATIN |= {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}


def read_case(text: str) -> str | Problems:
    """Read the name of a case, English or Russian, or its letter."""
    return CASES.get(text.strip().lower()) or _unknown(
        text, "genitive, dative, accusative, instrumental, prepositional"
    )


def read_language(text: str) -> str | Problems:
    """Read the code of a language in which numbers have words."""
    return LANGUAGES.get(text) or _unknown(text, "ru, en")


def read_gender(text: str) -> str | Problems:
    """Read the gender of what is counted."""
    return GENDERS.get(text) or _unknown(text, "m, f, n")


def _unknown(text: str, known: str) -> Problems:
    return Problems([WRONG_WORD.at(text=text, known=known)])


def _read(found: str | Problems) -> str:
    if isinstance(found, Problems):
        raise Failure(found[0])
    return found


def _spoken(context: Context, language: str) -> str:
    return _read(read_language(language)) if language else LANGUAGES.get(context.language, "en")


@function(
    "suminwords",
    _("An amount of money in words, as documents have it; a bare number is roubles."),
    needs("money", MONEY, NUMBER),
    may("language", TEXT, reads=read_language),
    gives=TEXT,
    context=True,
)
def sum_in_words(context: Context, given: Money | Number, language: str = "") -> str:
    money = given if isinstance(given, Money) else Money(Decimal(given), RUBLES)
    amount = Decimal(rounded(money.amount, 2))
    _check(amount)
    return money_in_words(amount, money.currency, language=_spoken(context, language))


@function(
    "numberinwords",
    _("A whole number in words; the gender of what is counted is m, f or n, the language ru or en."),
    needs("number", NUMBER),
    may("gender", TEXT, reads=read_gender),
    may("language", TEXT, reads=read_language),
    gives=TEXT,
    context=True,
)
def number_in_words(context: Context, given: Number, gender: str = "m", language: str = "") -> str:
    whole = int(rounded(given, 0, rounding=ROUND_DOWN))
    _check(whole)
    return in_words(whole, language=_spoken(context, language), gender=_read(read_gender(gender)))


@function(
    "plural",
    _("The word that goes with a number of things, of three: день, дня, дней. In English two are enough."),
    needs("number", NUMBER),
    needs("one", TEXT),
    needs("few", TEXT),
    may("many", TEXT),
    gives=TEXT,
)
def plural_of(given: Number, one: str, few: str, several: str = "") -> str:
    if not several:
        return one if given == 1 else few
    # A fraction governs the genitive singular: 1,5 рубля.
    return plural(int(given), (one, few, several)) if given == int(given) else few


@function(
    "declinename",
    _("A person's Russian name in a case: genitive, dative, accusative, instrumental, prepositional."),
    needs("name", TEXT),
    needs("case", TEXT, reads=read_case),
    gives=TEXT,
)
def decline_name(name: str, case: str) -> str:
    return declined_name(name, _read(read_case(case)))


@function(
    "decline",
    _("A Russian title in a case: genitive, dative, accusative, instrumental, prepositional."),
    needs("title", TEXT),
    needs("case", TEXT, reads=read_case),
    gives=TEXT,
)
def decline(title: str, case: str) -> str:
    return declined(title, _read(read_case(case)))


@function("translit", _("Russian text in Latin letters, as passports have it."), needs("text", TEXT), gives=TEXT)
def transliterated(text: str) -> str:
    checked_length(len(text))
    return "".join(map(_latin, text))


def _latin(letter: str) -> str:
    latin = _LATIN.get(letter.lower())
    if latin is None:
        return letter
    return latin if letter.islower() else latin.capitalize()


def _check(number: Number) -> None:
    if not -WORDS_MAX <= number <= WORDS_MAX:
        raise Failure(complaints.NUMBER_TOO_LARGE.at(most=len(str(WORDS_MAX))))
