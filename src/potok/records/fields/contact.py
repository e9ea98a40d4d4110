"""Ways to reach somebody: e-mail, phone, web address, each with what it is for when there are several.

A record keeps several as `[{"value": …, "kind": "work"}]`; to processes and filters the value is the text alone.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import Q
from django.utils.translation import gettext

from potok.engine.values import EMAIL, PHONE, URL, Type, Value
from potok.records.fields.field import EQUALS, WORDY, Field, Options, Unreadable, custom_kind

WORK, MOBILE, HOME, OTHER = "work", "mobile", "home", "other"
REGION = "RU"
KEPT = re.compile(r"\+7\d{10}")
# A mobile number as most people here write it; reading any number takes longer than all the rest of a row of an import.
USUAL = re.compile(r"(?:\+7|8) ?\(?(9\d\d)\)?[ -]?(\d{3})[ -]?(\d\d)[ -]?(\d\d)", re.ASCII)
VALID = EmailValidator()


class Line(str):
    """A text that remembers what it is for."""

    __slots__ = ("use",)
    use: str

    def __new__(cls, text: str, use: str = WORK) -> "Line":
        line = super().__new__(cls, text)
        line.use = use
        return line


@dataclass(frozen=True)
class Reach(Field):
    """What e-mail, phone and address share: several lines, each with a use."""

    operators: ClassVar[tuple[str, ...]] = (*EQUALS, *WORDY)

    def item(self, raw: Any) -> Value:
        if isinstance(raw, dict):
            return Line(self.line(str(raw.get("value", ""))), str(raw.get("kind") or WORK).lower())
        return Line(self.line(str(raw)), getattr(raw, "use", WORK))

    def line(self, text: str) -> str:
        """Read one line into the form in which it is kept."""
        raise NotImplementedError

    def to_plain(self, item: Any) -> Any:
        return {"value": str(item), "kind": getattr(item, "use", WORK)} if self.multiple else str(item)

    def from_plain(self, plain: Any) -> Value:
        return Line(plain["value"], plain["kind"]) if isinstance(plain, dict) else str(plain)

    def to_columns(self, value: Any) -> tuple[Any, ...]:
        return (str(value or ""),)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return held[0] or None

    def holding(self, item: Any) -> Any:
        return [{"value": str(item)}]  # whatever it is for

    def equals(self, given: Any) -> Q:
        if self.multiple:
            return Q(**{f"{self.path}__contains": self.holding(self.item(given))})
        return super().equals(str(self.item(given)))


@dataclass(frozen=True)
class Email(Reach):
    """An e-mail address, in small letters."""

    kind: ClassVar[str] = "email"
    widget: ClassVar[str] = "email"

    @property
    def item_type(self) -> Type:
        return EMAIL

    def line(self, text: str) -> str:
        address = text.strip().lower()
        try:
            VALID(address)
        except ValidationError:
            raise Unreadable(gettext("an e-mail address is expected, for example name@firm.example")) from None
        return address


@dataclass(frozen=True)
class Phone(Reach):
    """A phone number, kept as +78120001101; an extension stays behind it."""

    kind: ClassVar[str] = "phone"
    widget: ClassVar[str] = "phone"

    @property
    def item_type(self) -> Type:
        return PHONE

    def line(self, text: str) -> str:
        if KEPT.fullmatch(text):
            return text  # what was read once passes
        if usual := USUAL.fullmatch(text):
            return "+7" + "".join(usual.groups())
        try:
            number = phonenumbers.parse(text, REGION)
        except phonenumbers.NumberParseException:
            raise Unreadable(gettext("a phone number is expected, for example +7 812 000-00-00")) from None
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{written} ext. {number.extension}" if number.extension else written


def phone(kept: str) -> str:
    """Write «+78120001101» as people read it, «+7 812 000-11-01» with hard spaces; what is no number stays."""
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace(" ", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True)
class Url(Reach):
    """A web address; `https://` is added where it is left out."""

    kind: ClassVar[str] = "url"
    widget: ClassVar[str] = "url"

    @property
    def item_type(self) -> Type:
        return URL

    def line(self, text: str) -> str:
        address = text.strip()
        if "://" not in address:
            address = f"https://{address}"
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
            raise Unreadable(gettext("a web address is expected, for example https://firm.example"))
        return address


@custom_kind("email")
def _email(options: Options, **given: Any) -> Field:
    return Email(**given)


@custom_kind("phone")
def _phone(options: Options, **given: Any) -> Field:
    return Phone(**given)


@custom_kind("url")
def _url(options: Options, **given: Any) -> Field:
    return Url(**given)
