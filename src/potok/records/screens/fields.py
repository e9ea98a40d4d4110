"""How the value of a field is shown and in which control it is edited, derived from the field's widget.

`cell` draws it in a row of a list, `fact` on the card, `control` in a form or in place; `posted` reads what a control
sends back, `held` writes a value so that the same field reads it again. References are named by `names.of_values`, once
a page.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from potok.engine.values import FileRef, Money, PersonRef, RecordRef, Value
from potok.records.fields import Field
from potok.records.fields.contact import HOME, MOBILE, OTHER, WORK, phone
from potok.records.fields.money import CURRENCIES, CURRENCY
from potok.records.record_types import RecordType, record_types
from potok.records.screens import wording
from potok.records.screens.names import Names
from potok.ui import words
from potok.ui.shapes import Option
from potok.ui.templatetags.ui import avatar

USES = ((WORK, _("Work")), (MOBILE, _("Mobile")), (HOME, _("Home")), (OTHER, _("Other")))
REACH = ("email", "phone", "url")
INPUTS = {"date": "date", "moment": "datetime-local", "email": "email", "phone": "tel", "url": "url"}
CONTROLS = {
    "area": "area", "choice": "choice", "yes_no": "choice", "person": "picked", "link": "picked", "file": "file",
    "money": "money", "tags": "choice",
}  # fmt: skip
SEPARATOR = SafeString("<br>")


# ----- shown ----------------------------------------------------------------------------------------------------------


def cell(field: Field, value: Value, known: Names) -> SafeString:
    """Draw a value in one line, as a row of a list has it; nothing for an empty one."""
    return format_html_join(", ", "{}", ((_item(field, one, known, short=True),) for one in items(value)))


def fact(field: Field, value: Value, known: Names) -> SafeString:
    """Draw a value as the card has it: whole, several one under another."""
    return format_html_join(SEPARATOR, "{}", ((_item(field, one, known, short=False),) for one in items(value)))


def items(value: Value) -> Sequence[Any]:
    """A value as many."""
    if isinstance(value, tuple):
        return value
    return () if value is None or value == "" else (value,)


def _item(field: Field, item: Any, known: Names, *, short: bool) -> SafeString:
    if isinstance(item, PersonRef):
        person = known.persons.get(item.id)
        text = wording.text(field, item, known)
        return format_html('<span class="who">{}<span>{}</span></span>', avatar(person or text), text)
    if isinstance(item, RecordRef):
        title = wording.text(field, item, known)
        # What is gone, or not for this reader, is a number that leads nowhere.
        return _record(item, title) if item in known.records else format_html('<span class="dim">{}</span>', title)
    if isinstance(item, FileRef):
        return _file(item, known)
    if field.widget in REACH:
        return _reach(field, item)
    if field.widget == "tags":
        return format_html('<span class="tag">{}</span>', item)
    if field.widget == "area" and not short:
        return SafeString(linebreaks(item, autoescape=True))
    return format_html("{}", wording.text(field, item, known))


def _record(ref: RecordRef, title: str) -> SafeString:
    record_type = record_types.get(ref.type)
    if record_type is None:
        return format_html("{}", title)
    return format_html('<a class="lnk" href="/{}/{}/" data-drawer>{}</a>', record_type.path, ref.id, title)


def _file(ref: FileRef, known: Names) -> SafeString:
    file = known.files.get(ref.id)
    if file is None:
        return format_html('<span class="dim">{}</span>', gettext("The file is not there any more"))
    return format_html(
        '<a class="lnk" href="{}" download>{}</a> <span class="dim s12 nw">{}</span>',
        file.url, file.name, words.size(file.size_bytes),
    )  # fmt: skip


def _reach(field: Field, item: str) -> SafeString:
    if field.widget == "email":
        return format_html('<a class="lnk" href="mailto:{}">{}</a>', item, item)
    if field.widget == "phone":
        return format_html('<a class="lnk nw" href="tel:{}">{}</a>', item.replace(" ext. ", ";ext="), phone(item))
    bare = item.removeprefix("https://").removeprefix("http://").rstrip("/")
    return format_html('<a class="lnk" href="{}" target="_blank" rel="noopener noreferrer">{}</a>', item, bare)


def has_links(field: Field) -> bool:
    """Tell whether the value is something to follow, so that a click on it is no edit."""
    return field.widget in (*REACH, "link", "file")


# ----- edited ---------------------------------------------------------------------------------------------------------


def control(
    of: RecordType, field: Field, value: Value, known: Names, *, error: str = "", label: bool = True
) -> SafeString:
    """Draw the control of a field, holding a value; without `label` it stands where the value stood."""
    name = CONTROLS.get(field.widget, "lines" if field.widget in REACH and field.multiple else "line")
    context = {
        "field": field,
        "name": field.name,
        "label": str(field.title) if label else "",
        "optional": label and not field.required,
        "error": error,
        "type": INPUTS.get(field.widget, "text"),
        **_content(of, field, value, known),
    }
    return SafeString(render_to_string(f"records/fields/{name}.html", context))


def _content(of: RecordType, field: Field, value: Value, known: Names) -> Mapping[str, Any]:
    held = items(value)
    match CONTROLS.get(field.widget):
        case "picked":
            return _picked(field, held, known)
        case "choice":
            return _offered(of, field, held, known)
        case "money":
            return {"lines": _room(field, [_amount(one) for one in held], ("", CURRENCY)), "currencies": _CURRENCIES}
        case "file":
            return {"files": [known.files[one.id] for one in held if one.id in known.files]}
    return {
        "lines": _room(field, [(typed(field, one), getattr(one, "use", WORK)) for one in held], ("", WORK)),
        "uses": USES,
    }


_CURRENCIES = [(code, code) for code in CURRENCIES]


def _room(field: Field, lines: list[Any], blank: Any) -> list[Any]:
    """A field of many values has an empty line to write the next one in."""
    return [*lines, blank] if field.multiple or not lines else lines


def _picked(field: Field, held: Sequence[Any], known: Names) -> Mapping[str, Any]:
    linked = record_types.get(getattr(field, "to", ""))
    if linked is None:
        chosen = [Option(str(one.id), wording.text(field, one, known), face=known.persons.get(one.id)) for one in held]
        return {"url": "/people/find", "chosen": chosen}
    chosen = [Option(str(one.id), wording.text(field, one, known), icon=linked.icon) for one in held]
    found = f"{reverse('records:find')}?type={linked.name}"
    return {"url": found, "create_url": reverse("records:new", args=[linked.path]), "chosen": chosen}


def _offered(of: RecordType, field: Field, held: Sequence[Any], known: Names) -> Mapping[str, Any]:
    if field.widget == "yes_no":
        chosen = {True: "yes", False: "no"}.get(held[0], "") if held else ""
        return {"options": [("yes", gettext("Yes")), ("no", gettext("No"))], "value": chosen}
    if field.multiple:
        chosen_ones = [Option(str(one), wording.text(field, one, known)) for one in held]
        return {"url": reverse("records:field_options", args=[of.path, field.name]), "chosen": chosen_ones}
    return {"options": getattr(field, "options", ()), "value": held[0] if held else ""}


def _amount(money: Any) -> tuple[str, str]:
    if isinstance(money, Money):
        return number(money.amount), money.currency
    # What could not be read stands there as it was typed.
    return (str(money["amount"]), str(money["currency"])) if isinstance(money, dict) else (str(money), CURRENCY)


def typed(field: Field, item: Any) -> str:
    """One item as a control holds it, and as the field reads it back."""
    if field.widget == "moment" and hasattr(item, "astimezone"):
        from django.utils import timezone

        return timezone.localtime(item).strftime("%Y-%m-%dT%H:%M")
    if field.widget == "date" and hasattr(item, "isoformat"):
        return str(item.isoformat())
    if field.widget == "phone":
        return phone(str(item))
    return number(item) if field.widget == "number" and not isinstance(item, str) else str(item)


def number(value: Any) -> str:
    """A number as people here type it: «295 000,5»."""
    text = words.number(value)
    return text if words.language() == "ru" else text.replace(",", words.NBSP)


# ----- sent back ------------------------------------------------------------------------------------------------------


def posted(field: Field, given: QueryDict) -> Any:
    """Read what the control of a field sent: raw, as the operations take it."""
    texts = [str(text) for text in given.getlist(field.name)]
    if field.widget == "money":
        currencies = [*given.getlist(f"{field.name}.currency"), *[CURRENCY] * len(texts)]
        pairs = zip(texts, currencies, strict=False)
        read: list[Any] = [{"amount": text, "currency": currency} for text, currency in pairs if text.strip()]
    elif field.widget in REACH and field.multiple:
        uses = [*given.getlist(f"{field.name}.use"), *[WORK] * len(texts)]
        read = [{"value": text, "kind": use} for text, use in zip(texts, uses, strict=False) if text.strip()]
    else:
        read = [text for text in texts if text.strip()]
    if field.multiple:
        return read
    return read[0] if read else None


def held(field: Field, value: Value) -> Any:
    """Write a value as JSON that the same field reads again: what an editor saw."""
    plain = [field.to_plain(one) for one in items(value)]
    if field.multiple:
        return plain
    return plain[0] if plain else None
