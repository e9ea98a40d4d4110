"""How a word sounds, in few Latin letters: one form for all its spellings, Russian and transliterated by any system.

`sound("Щукин")`, `sound("Shchukin")`, `sound("Schukin")` and `sound("Shukin")` are one: the index holds sounds, so that
what is typed in one alphabet finds what is written in the other. Letters that systems spell alike fall together; what
was really written decides the order of what is found, not whether it is found. Pure.
"""

import re
import unicodedata
from functools import lru_cache

LETTERS = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ ў"
SPELLED = "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh sh _ i _ e iu ia i i ie g u"
LATIN = {ord(one): other.strip("_") for one, other in zip(LETTERS.split(), SPELLED.split(), strict=True)}

# In this order: what an earlier line leaves is what a later one reads.
RULES = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[yj]", "i"),
        (r"w", "v"),
        (r"q|ck", "k"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"s(?:hch|hh|ch|h)", "sh"),
        (r"kh", "h"),
        (r"zh", "z"),
        (r"t?ch", "C"),
        (r"cz|tz|c(?=[ei])", "ts"),
        (r"c", "k"),
        (r"C", "ch"),
        (r"i+", "i"),
        # ё stands as e everywhere, and е after a vowel or at the beginning is often spelled ye.
        (r"i[eo]", "e"),
        (r"(.)\1+", r"\1"),
    )
]
# Letters that change how the one before them sounds: «дмитри» is the beginning of «дмитриев», which sounds dmitrev, and
# "tek" of "tekhnika", which sounds tehnika.
CHANGING = ("h", "e", "z", "ch")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a folded word sounds; digits stay as they are."""
    return _reduced(_spelled(word))


def openings(word: str) -> tuple[str, ...]:
    """With what the sounds of all words begin that begin with this one: how it sounds as it stands is the first."""
    spelled = _spelled(word)
    whole = _reduced(spelled)
    changed = [one for more in CHANGING if not (one := _reduced(spelled + more)).startswith(whole)]
    # Х is x in one system of transliteration; in names x is кс.
    other = [_reduced(spelled.replace("x", "h"))] if "x" in spelled else []
    return tuple(dict.fromkeys((whole, *changed, *other)))


def _spelled(word: str) -> str:
    return _plain(word.translate(LATIN))


def _reduced(spelled: str) -> str:
    for pattern, to in RULES:
        spelled = pattern.sub(to, spelled)
    return spelled


def _plain(text: str) -> str:
    """Without what stands over and under letters: Škoda, Müller, Orfeï."""
    if text.isascii():
        return text
    taken_apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
