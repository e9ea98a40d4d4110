"""Russian cases of names and titles: «в лице генерального директора Соколовой Анны Петровны».

Names are declined by rules for names, titles by a dictionary; both are loaded when they are first needed. What is not
Russian stays as it is.
"""

import re
from functools import lru_cache
from typing import Any

NOMINATIVE = "nomn"
CASES = {
    name: case
    for case, names in {
        NOMINATIVE: "nominative именительный и",
        "gent": "genitive родительный р",
        "datv": "dative дательный д",
        "accs": "accusative винительный в",
        "ablt": "instrumental творительный т",
        "loct": "prepositional предложный п",
    }.items()
    for name in names.split()
}
_RUSSIAN = re.compile(r"[а-яё-]+", re.IGNORECASE)
_PATRONYMIC = re.compile(r".*(?:вич|вна|ична|инична|оглы|кызы|ильич|кузьмич|фомич|лукич)", re.IGNORECASE)
# A title is declined up to its noun; what follows depends on that: директор департамента продаж.
_AGREEING = frozenset({"ADJF", "PRTF"})
WORDS_MAX = 50


def declined_name(name: str, case: str) -> str:
    """Put a person's name into a case: surname, name and patronymic in either order, any of them missing."""
    words = name.split()
    if case == NOMINATIVE or not words or len(words) > 3 or not all(map(_RUSSIAN.fullmatch, words)):
        return name
    parts = _parts(words)
    gender = _gender(dict(zip(parts, words, strict=True)))
    if gender is None:
        return name
    return " ".join(_made(part, gender, case, word) for part, word in zip(parts, words, strict=True))


def declined(title: str, case: str) -> str:
    """Put a title or another name of something into a case, number and gender as they are."""
    words = title.split()
    if case == NOMINATIVE or len(words) > WORDS_MAX:
        return title
    for place, word in enumerate(words):
        following = _nominatives(words[place + 1]) if place + 1 < len(words) else []
        parsed, goes_on = _read(word, following)
        if parsed is None:
            break
        words[place] = _inflected(word, parsed, case)
        if not goes_on:
            break
    return " ".join(words)


def _read(word: str, following: list[Any]) -> tuple[Any, bool]:
    """Choose how to read a word, and tell whether the next one belongs to it: старший менеджер, not старший в семье."""
    found = _nominatives(word)
    for each in found:
        if each.tag.POS in _AGREEING and any(_agree(each.tag, other.tag) for other in following):
            return each, True
    return (found[0] if found else None), False


def _agree(one: Any, other: Any) -> bool:
    return bool(one.number == other.number and (one.number == "plur" or one.gender == other.gender))


def _nominatives(word: str) -> list[Any]:
    """Read a word as one in the nominative, in which titles are written, the likeliest reading first."""
    if not _RUSSIAN.fullmatch(word) or (word.isupper() and len(word) > 1):
        return []
    return [each for each in _dictionary().parse(word.lower()) if NOMINATIVE in each.tag]


def _inflected(word: str, parsed: Any, case: str) -> str:
    gender = {parsed.tag.gender} if parsed.tag.POS in _AGREEING and parsed.tag.gender else set()
    form = parsed.inflect({case} | gender)
    return _cased(form.word, like=word) if form else word


def _parts(words: list[str]) -> list[str]:
    """Tell which word is which part: surname first, unless the last word is no patronymic and the first is a name."""
    last_is_patronymic = bool(_PATRONYMIC.fullmatch(words[-1]))
    match len(words):
        case 1:
            return ["first" if "Name" in _tag(words[0]) else "last"]
        case 2 if last_is_patronymic and "Name" in _tag(words[0]):
            return ["first", "middle"]
        case 2:
            return ["first", "last"] if "Name" in _tag(words[0]) else ["last", "first"]
    return ["last", "first", "middle"] if last_is_patronymic else ["first", "middle", "last"]


def _tag(word: str) -> Any:
    found = _dictionary().parse(word.lower())
    return next((each.tag for each in found if {"nomn", "Name"} in each.tag), found[0].tag)


def _gender(parts: dict[str, str]) -> Any:
    from pytrovich.detector import PetrovichGenderDetector

    detector: Any = PetrovichGenderDetector()
    try:
        return detector.detect(firstname=parts.get("first"), middlename=parts.get("middle"), lastname=parts.get("last"))
    except StopIteration:
        from pytrovich.enums import Gender

        genders = {"masc": Gender.MALE, "femn": Gender.FEMALE}
        return genders.get(str(_tag(parts["first"]).gender)) if "first" in parts else None


def _made(part: str, gender: Any, case: str, word: str) -> str:
    from pytrovich.enums import Case, NamePart

    parts = {"last": NamePart.LASTNAME, "first": NamePart.FIRSTNAME, "middle": NamePart.MIDDLENAME}
    cases = {
        "gent": Case.GENITIVE, "datv": Case.DATIVE, "accs": Case.ACCUSATIVE, "ablt": Case.INSTRUMENTAL,
        "loct": Case.PREPOSITIONAL,
    }  # fmt: skip
    made: str = _rules().make(parts[part], gender, cases[case], word)
    return made


def _cased(word: str, *, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1)
def _rules() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()
