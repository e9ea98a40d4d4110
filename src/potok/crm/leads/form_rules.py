"""What a public form may ask, and how what was sent is read: from values alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.kit.errors import Refusals, Refused, refusal
from potok.kit.words import _

# What a form may ask, and how long an answer may be.
LENGTHS: Mapping[str, int] = {
    "name": 120, "surname": 120, "phone": 60, "email": 254, "company_title": 250, "address": 500, "comment": 5_000,
}  # fmt: skip
TITLE_LENGTH_MAX = 120

UNTITLED = refusal("crm.web_form.untitled", _("Give the form a name."))
UNREACHABLE = refusal("crm.web_form.unreachable", _("The form must ask for a phone or an e-mail address."))
UNKNOWN_FIELD = refusal("crm.web_form.unknown_field", _("A form cannot ask for “{field}”."))
WRONG_ADDRESS = refusal("crm.web_form.wrong_address", _("The address begins with https:// or http://."))
NEEDED = refusal("crm.web_form.needed", _("Fill in this field."))
TOO_LONG = refusal("crm.web_form.too_long", _("At most {limit} characters fit here."))
DISAGREED = refusal("crm.web_form.disagreed", _("Without your consent we may not keep what you write."))


def titled(title: str) -> str:
    """The name of a form as one line."""
    line = " ".join(title.split())[:TITLE_LENGTH_MAX]
    if not line:
        raise UNTITLED(place="title")
    return line


def asked(fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The fields of a form, in order; it must ask for a way to answer."""
    kept = [{"name": str(one.get("name", "")), "required": bool(one.get("required"))} for one in fields]
    for one in kept:
        if one["name"] not in LENGTHS:
            raise UNKNOWN_FIELD(place="fields", field=one["name"])
    if not {"phone", "email"} & {one["name"] for one in kept}:
        raise UNREACHABLE(place="fields")
    return kept


def led_to(thanks: str) -> str:
    """Where whoever sent the form is led: a text that thanks him, or an address."""
    text = thanks.strip()
    if "://" in text.partition(" ")[0] and not text.lower().startswith(("https://", "http://")):
        raise WRONG_ADDRESS(place="thanks")
    return text


def is_address(thanks: str) -> bool:
    """Tell whether the thanks are a place to go to."""
    return thanks.lower().startswith(("https://", "http://")) and " " not in thanks


def read(fields: Sequence[Mapping[str, Any]], answers: Mapping[str, Any], *, agreed: bool) -> dict[str, str]:
    """Read what was sent, only what the form asks; refuse all that is missing at once, each with its place."""
    read: dict[str, str] = {}
    wrong: list[Refused] = []
    for one in fields:
        name = str(one["name"])
        text = str(answers.get(name) or "").replace("\x00", "").strip()
        if one.get("required") and not text:
            wrong.append(NEEDED(place=name))
        elif len(text) > LENGTHS[name]:
            wrong.append(TOO_LONG(place=name, limit=LENGTHS[name]))
        elif text:
            read[name] = text
    if not agreed:
        wrong.append(DISAGREED(place="consent"))
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return read
