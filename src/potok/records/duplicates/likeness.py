"""By what records are alike: keys that equal ones share. Pure."""

import re
from collections.abc import Iterable

from potok.records.search.asking import number, words
from potok.records.search.sounds import sound

PHONE, EMAIL, TAX, NAME = "phone", "email", "tax", "name"
# A pair is suspected from a hundred on: people may share a phone or a name, not both, and no two firms a tax number.
WEIGHTS = {TAX: 100, EMAIL: 100, PHONE: 100, NAME: 50}
SUSPECTED_FROM = 100
DIGITS_MIN = 6
TAX_LENGTHS = (10, 12)
FORMS = (
    "ооо оао зао пао ао нао ип тсж тсн снт жск ук гк мп муп гуп фгуп мку мбу нко ано чоп тд тк пк кфх"
    " llc ltd inc gmbh corp jsc limited company co"
)
HEARD_FORMS = {sound(form) for form in FORMS.split()}
SPELLED_OUT = re.compile(
    r"\b(общество с ограниченной ответственностью|(публичное |закрытое |открытое )?акционерное общество"
    r"|индивидуальный предприниматель|товарищество собственников (жилья|недвижимости)|управляющая компания)\b"
)


def phone(text: str) -> str:
    """The digits of a phone that tell it from others; nothing where there are too few."""
    digits = number(text.split("ext")[0])
    return digits if len(digits) >= DIGITS_MIN else ""


def email(text: str) -> str:
    """A mail address as all of its spellings have it."""
    return text.strip().casefold()


def tax(text: str) -> str:
    """A tax number, of a firm or of a person; nothing where it is none."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) in TAX_LENGTHS else ""


def name(folded: str) -> str:
    """A folded name without the form of the firm and without order: «ООО "Ромашка"» and Ромашка are one."""
    heard = [sound(word) for word in words(SPELLED_OUT.sub(" ", folded))]
    return " ".join(sorted(one for one in heard if one and one not in HEARD_FORMS))


def is_suspected(sorts: Iterable[str], *, is_firm: bool) -> bool:
    """Tell whether records with these keys in common may be one; firms with one name are, people are not."""
    shared = set(sorts)
    return (is_firm and NAME in shared) or sum(WEIGHTS[one] for one in shared) >= SUSPECTED_FROM
