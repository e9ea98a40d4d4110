"""Values that processes compute with, their types, and what may be put where. The one home of types.

| kind                            | value                                             |
|---------------------------------|---------------------------------------------------|
| text, choice, email, phone, url | `str` (a choice is the key, not the label)        |
| number                          | `int`, or `Decimal` where there is a fraction     |
| money                           | `Money`                                           |
| yes_no                          | `bool`                                            |
| date                            | `date`                                            |
| moment                          | `datetime`, aware, in UTC                         |
| duration                        | `Duration`                                        |
| person, record, file            | `PersonRef`, `RecordRef`, `FileRef`               |
| any of them, multiple           | `tuple` of such values                            |
| empty                           | `None`; an empty text and an empty tuple are empty too |

All are immutable and hashable.
"""

from .clock import on_clock
from .coding import decode, encode, from_bytes, to_bytes
from .conversion import END_OF_DAY, WrongType, coerce, deadline
from .kind import (
    ANY,
    CHOICE,
    DATE,
    DURATION,
    EMAIL,
    FILE,
    KINDS,
    MOMENT,
    MONEY,
    NUMBER,
    PERSON,
    PHONE,
    TEXT,
    URL,
    YES_NO,
    Type,
    fits,
    many,
    record,
    type_of,
)
from .show import show
from .title import title
from .value import Duration, FileRef, Money, PersonRef, RecordRef, Value, is_empty, number

__all__ = [
    "ANY",
    "CHOICE",
    "DATE",
    "DURATION",
    "EMAIL",
    "END_OF_DAY",
    "FILE",
    "KINDS",
    "MOMENT",
    "MONEY",
    "NUMBER",
    "PERSON",
    "PHONE",
    "TEXT",
    "URL",
    "YES_NO",
    "Duration",
    "FileRef",
    "Money",
    "PersonRef",
    "RecordRef",
    "Type",
    "Value",
    "WrongType",
    "coerce",
    "deadline",
    "decode",
    "encode",
    "fits",
    "from_bytes",
    "is_empty",
    "many",
    "number",
    "on_clock",
    "record",
    "show",
    "title",
    "to_bytes",
    "type_of",
]
