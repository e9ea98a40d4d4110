"""How documents, values and codes of processes are spelled abroad.

A document is `["crm", "CCrmDocumentDeal", "DEAL_7"]`, its type `["crm", "CCrmDocumentDeal", "DEAL"]`: both follow from
the name of the record type, so that no type is named here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from potok.engine.values import PersonRef, RecordRef, Type, Value
from potok.kit import lists
from potok.kit.dialects import WireError
from potok.kit.lists import Column

SCOPE = "bizproc"
ENTITY = re.compile(r"C([A-Z][a-z]+)Document([A-Z][a-z]+)")
# The kind of a value: what it is called abroad.
TYPES: Mapping[str, str] = {
    "text": "string", "number": "double", "money": "UF:money", "yes_no": "bool", "date": "date", "moment": "datetime",
    "person": "user", "file": "file", "choice": "select", "email": "string", "phone": "string", "url": "UF:url",
}  # fmt: skip


def module(record_type: str) -> str:
    return record_type.partition(".")[0]


def entity(record_type: str) -> str:
    if not record_type:
        return ""
    part, _, noun = record_type.rpartition(".")
    return f"C{part.capitalize()}Document{noun.capitalize()}"


def type_of_entity(entity: Any) -> str:
    """The record type behind `CCrmDocumentDeal`; what is none stays as it is, and is no type of ours."""
    parts = ENTITY.fullmatch(str(entity))
    return f"{parts[1]}.{parts[2]}".lower() if parts else str(entity)


def document_type(record_type: str) -> list[str]:
    return [module(record_type), entity(record_type), record_type.rpartition(".")[2].upper()] if record_type else []


def document_id(record_type: str, id: int | None) -> str | None:
    return None if id is None else f"{record_type.rpartition('.')[2].upper()}_{id}"


def number_of(document: Any) -> int:
    """The number in `DEAL_7`, or a bare number."""
    return int(str(document).rpartition("_")[2])


def read_document(given: Any) -> RecordRef | None:
    """Read a document; nothing is none. The two sentences are those that clients know."""
    if not given:
        return None
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != 3:
        raise WireError("", "Wrong DOCUMENT_ID!")
    record_type = type_of_entity(given[1])
    try:
        number = number_of(given[2])
    except ValueError:
        raise WireError("", "Wrong DOCUMENT_ID!") from None
    if module(record_type) != str(given[0]):
        raise WireError("", "Incorrect document type!")
    return RecordRef(record_type, number)


def document_columns(prefix: str = "") -> dict[str, Column]:
    """The columns by which a document is looked up beside rows that name one."""
    return {
        "MODULE_ID": Column(f"{prefix}record_type", matches=lambda modules: _of_modules(prefix, modules)),
        "ENTITY": Column(f"{prefix}record_type", type_of_entity),
        "DOCUMENT_ID": Column(f"{prefix}record_id", number_of),
    }


def _of_modules(prefix: str, modules: list[str]) -> Q:
    return Q(*((f"{prefix}record_type__startswith", f"{one}.") for one in modules), _connector=Q.OR)


def value_type(type: Type) -> str:
    return TYPES.get(type.kind, f"E:{type.of}" if type.of else "string")


def shown(value: Value) -> Any:
    """A value as properties carry it: a person is `user_7`, yes and no are letters."""
    if isinstance(value, tuple):
        return [shown(one) for one in value]
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, PersonRef):
        return f"user_{value.id}"
    if isinstance(value, RecordRef):
        return document_id(value.type, value.id)
    return None if value is None else str(value)


def given(type: Type, raw: Any) -> Any:
    """A value as it came, in the form that a form of ours gives: `user_7` is person 7, `n12` is file 12."""
    if isinstance(raw, list | tuple):
        read = [given(type, one) for one in raw]
        return read if type.multiple else next(iter(read), None)
    if type.kind == "person" and isinstance(raw, str):
        return raw.removeprefix("user_")
    if type.kind == "file" and isinstance(raw, str):
        return raw.removeprefix("n")
    if type.kind == "record" and isinstance(raw, str):
        return raw.rpartition("_")[2]
    return raw


def given_all(types: Mapping[str, Type], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Values by our names, whatever letter case they came in; what nobody knows stays and is refused by name."""
    known = {name.lower(): name for name in types}
    named = {known.get(str(name).lower(), str(name)): value for name, value in raw.items()}
    try:
        return {name: given(types[name], value) if name in types else value for name, value in named.items()}
    except ValueError:
        raise WireError("ERROR_ARGUMENT", "A value cannot be read.") from None


moment = lists.show_moment
