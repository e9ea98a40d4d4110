"""What identifies a legal person here: INN, KPP, OGRN, BIC and accounts, with their check digits. Pure.

The tax service and the Bank of Russia publish the weights: for INN the order of 29.06.2012 № ММВ-7-6/435, for accounts
the rules of 08.09.1997 № 515.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle
from typing import Any

from potok.kit.errors import Refusal, Refusals, Refused, refusal
from potok.kit.words import _

WRONG_INN = refusal(
    "crm.requisites.wrong_inn", _("An INN has 10 digits for a firm and 12 for a person, and this one does not add up.")
)
WRONG_KPP = refusal("crm.requisites.wrong_kpp", _("A KPP has nine signs, for example 780201001."))
WRONG_OGRN = refusal(
    "crm.requisites.wrong_ogrn", _("An OGRN has 13 digits, an OGRNIP has 15, and this one does not add up.")
)
WRONG_BIC = refusal("crm.requisites.wrong_bic", _("A BIC has nine digits and begins with 0."))
WRONG_ACCOUNT = refusal(
    "crm.requisites.wrong_account", _("An account has 20 digits, and its check digit must fit the BIC of the bank.")
)

INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11 = (7, *INN_10)
INN_12 = (3, *INN_11)
ACCOUNT = (7, 1, 3)
KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")


def is_inn(text: str) -> bool:
    """Tell whether a text is the tax number of a firm or of a person."""
    if not text.isdecimal() or len(text) not in (10, 12):
        return False
    digits = [int(digit) for digit in text]
    if len(text) == 10:
        return _check(digits, INN_10) == digits[9]
    return (_check(digits, INN_11), _check(digits, INN_12)) == (digits[10], digits[11])


def _check(digits: Sequence[int], weights: Iterable[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10


def is_kpp(text: str) -> bool:
    """Tell whether a text is the reason-of-registration code of a firm."""
    return KPP.fullmatch(text) is not None


def is_ogrn(text: str) -> bool:
    """Tell whether a text is the registration number of a firm or of a sole trader."""
    if not text.isdecimal() or len(text) not in (13, 15):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def is_bic(text: str) -> bool:
    """Tell whether a text is the code of a bank."""
    return text.isdecimal() and len(text) == 9 and text[0] == "0"


def is_account(text: str, *, bic: str, correspondent: bool = False) -> bool:
    """Tell whether a text is an account in this bank; without the bank only its length is known."""
    if not text.isdecimal() or len(text) != 20:
        return False
    if not is_bic(bic):
        return True
    bank = f"0{bic[4:6]}" if correspondent else bic[-3:]
    return sum(int(digit) * weight for digit, weight in zip(bank + text, cycle(ACCOUNT), strict=False)) % 10 == 0


CHECKS: Mapping[str, tuple[Refusal, Callable[[str, str], bool]]] = {
    "inn": (WRONG_INN, lambda text, bic: is_inn(text)),
    "kpp": (WRONG_KPP, lambda text, bic: is_kpp(text)),
    "ogrn": (WRONG_OGRN, lambda text, bic: is_ogrn(text)),
    "bic": (WRONG_BIC, lambda text, bic: is_bic(text)),
    "account": (WRONG_ACCOUNT, lambda text, bic: is_account(text, bic=bic)),
    "bank_account": (WRONG_ACCOUNT, lambda text, bic: is_account(text, bic=bic, correspondent=True)),
}
# An account that was right becomes wrong when its bank changes.
BANK = ("bic", "account", "bank_account")


def check_requisites(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse whatever was changed and does not add up; what stood there before may stay."""
    wrong = [
        refused(place=name)
        for name, (refused, holds) in CHECKS.items()
        if (text := after.get(name))
        and _is_new(name, before, after)
        and not holds(str(text), str(after.get("bic") or ""))
    ]
    if wrong:
        raise _all(wrong)


def _is_new(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    concerned = BANK if name in BANK else (name,)
    return any(before.get(one) != after.get(one) for one in concerned)


def _all(wrong: list[Refused]) -> Refused:
    return wrong[0] if len(wrong) == 1 else Refusals(wrong)
