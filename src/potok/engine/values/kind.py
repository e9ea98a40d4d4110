"""Types of values, and which type may be put where another is wanted."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .value import Duration, FileRef, Money, PersonRef, RecordRef, Value


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of value; `multiple` means a tuple of them; `of` names the record type a record belongs to."""

    kind: str
    multiple: bool = False
    of: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no kind of value called {self.kind!r}.")

    def __str__(self) -> str:
        kind = f"{self.kind} {self.of}".strip()
        return f"list of {kind}" if self.multiple else kind

    @property
    def single(self) -> "Type":
        """The type of one item."""
        return Type(self.kind, of=self.of)


KINDS = (
    "text", "number", "money", "yes_no", "date", "moment", "duration", "choice",
    "person", "record", "file", "email", "phone", "url", "any",
)  # fmt: skip

TEXT = Type("text")
NUMBER = Type("number")
MONEY = Type("money")
YES_NO = Type("yes_no")
DATE = Type("date")
MOMENT = Type("moment")
DURATION = Type("duration")
CHOICE = Type("choice")
PERSON = Type("person")
FILE = Type("file")
EMAIL = Type("email")
PHONE = Type("phone")
URL = Type("url")
ANY = Type("any")

# wanted kind: the kinds that may always be put there, and become it without a question.
# A number is not read out of a text in silence: that is what tonumber() and todate() are for.
WIDENS: dict[str, frozenset[str]] = {
    "text": frozenset(KINDS),
    "number": frozenset({"money"}),
    "date": frozenset({"moment"}),
    "moment": frozenset({"date"}),
    "choice": frozenset({"text"}),
    "email": frozenset({"text"}),
    "phone": frozenset({"text"}),
    "url": frozenset({"text"}),
}


def record(of: str) -> Type:
    """Name the type of a record of the record type `of`."""
    return Type("record", of=of)


def many(item: Type) -> Type:
    """Name the type of a list of items."""
    return Type(item.kind, multiple=True, of=item.of)


def fits(given: Type, wanted: Type) -> bool:
    """Tell whether a value of one type may be put where another is wanted.

    One item fits a list of one; a list fits no single place but a text, which names all items.
    `any` fits everywhere: what it holds is looked at when the process runs.
    """
    if ANY in (given, wanted):
        return True
    if given.multiple > wanted.multiple:
        return wanted.kind == "text"
    if ANY.kind in (given.kind, wanted.kind):
        return True
    if given.kind == wanted.kind:
        return not (given.of and wanted.of) or given.of == wanted.of
    return given.kind in WIDENS.get(wanted.kind, ())


def type_of(value: Value) -> Type:
    """Name the narrowest type of a value; empty is `any`, and so is a list of different things."""
    if isinstance(value, tuple):
        types = {type_of(item) for item in value}
        return many(types.pop()) if len(types) == 1 else many(ANY)
    if isinstance(value, RecordRef):
        return record(value.type)
    return _OF_CLASS[type(value)]


_OF_CLASS: dict[type, Type] = {
    type(None): ANY,
    str: TEXT,
    bool: YES_NO,
    int: NUMBER,
    Decimal: NUMBER,
    date: DATE,
    datetime: MOMENT,
    Duration: DURATION,
    Money: MONEY,
    PersonRef: PERSON,
    FileRef: FILE,
}
