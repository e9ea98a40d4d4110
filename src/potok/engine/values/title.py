"""What a type is called in a sentence. English here; the words are in the catalogue of translations."""

from .kind import Type

# Marks a text for translation: each stands here whole, since a list of texts declines differently in every language.
_ = str

_ONE = {
    "text": _("text"),
    "number": _("number"),
    "money": _("amount of money"),
    "yes_no": _("yes or no"),
    "date": _("date"),
    "moment": _("date and time"),
    "duration": _("duration"),
    "choice": _("choice"),
    "person": _("person"),
    "record": _("record"),
    "file": _("file"),
    "email": _("e-mail address"),
    "phone": _("phone number"),
    "url": _("web address"),
    "any": _("any value"),
}
_MANY = {
    "text": _("list of texts"),
    "number": _("list of numbers"),
    "money": _("list of amounts"),
    "yes_no": _("list of answers"),
    "date": _("list of dates"),
    "moment": _("list of dates and times"),
    "duration": _("list of durations"),
    "choice": _("list of choices"),
    "person": _("list of people"),
    "record": _("list of records"),
    "file": _("list of files"),
    "email": _("list of e-mail addresses"),
    "phone": _("list of phone numbers"),
    "url": _("list of web addresses"),
    "any": _("list of values"),
}


def title(of: Type) -> str:
    """Name a type for people: a text to be translated as it stands."""
    return (_MANY if of.multiple else _ONE)[of.kind]
