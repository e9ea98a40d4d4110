"""What `….fields` and `….userfield.list` tell about fields."""

from collections.abc import Mapping
from typing import Any

from potok.records.dialect.naming import SYSTEM, Dialect
from potok.records.fields import Choice, Field, Link

# The kind of a custom field: what it is called abroad.
CUSTOM_TYPES: Mapping[str, str] = {
    "text": "string", "area": "string", "number": "double", "money": "money", "yes_no": "boolean", "date": "date",
    "moment": "datetime", "choice": "enumeration", "person": "employee", "link": "crm", "file": "file",
    "email": "string", "phone": "string", "url": "url", "numbered": "string",
}  # fmt: skip
OWN_TYPES: Mapping[str, str] = {
    **CUSTOM_TYPES, "number": "double", "person": "user", "stage": "crm_status", "pipeline": "crm_category",
    "yes_no": "char", "email": "crm_multifield", "phone": "crm_multifield",
}  # fmt: skip
SYSTEM_TYPES: Mapping[str, str] = {"id": "integer", "created_at": "datetime", "changed_at": "datetime"}


def described(dialect: Dialect) -> dict[str, dict[str, Any]]:
    """All fields by their foreign names."""
    told: dict[str, dict[str, Any]] = {}
    for name, attribute in SYSTEM.items():
        told[name] = _told(SYSTEM_TYPES.get(attribute, "user"), name, read_only=True)
    for name, field in dialect.own().items():
        told[name] = _own(dialect, name, field)
    if dialect.record_type.pipeline:
        told["STAGE_SEMANTIC_ID"] = _told("string", "STAGE_SEMANTIC_ID", read_only=True)
        told["CLOSED"] = _told("char", "CLOSED", read_only=True)
    for name, field in dialect.custom().items():
        told[name] = _custom(name, field)
    return told


def _told(type_: str, title: str, *, read_only: bool = False, required: bool = False) -> dict[str, Any]:
    return {
        "type": type_,
        "isRequired": required,
        "isReadOnly": read_only,
        "isImmutable": False,
        "isMultiple": False,
        "isDynamic": False,
        "title": title,
    }


def _own(dialect: Dialect, name: str, field: Field) -> dict[str, Any]:
    type_ = "crm_currency" if dialect.is_currency(name) else OWN_TYPES.get(field.kind, "string")
    if isinstance(field, Link):
        type_ = field.to.replace(".", "_")
    told = _told(type_, str(field.title), read_only=field.read_only, required=field.required)
    told["isMultiple"] = field.multiple or name in dialect.lines
    if name in dialect.lines:
        told["type"] = "crm_multifield"
    if field.kind == "stage":
        told["statusType"] = dialect.stage_entity
    return told


def _custom(name: str, field: Field) -> dict[str, Any]:
    title = str(field.title)
    told = _told(CUSTOM_TYPES[_kind(field)], name, read_only=field.read_only, required=field.required)
    told |= {"isMultiple": field.multiple, "isDynamic": True}
    told |= {"listLabel": title, "formLabel": title, "filterLabel": title, "settings": settings(field)}
    if isinstance(field, Choice):
        told["items"] = [{"ID": key, "VALUE": str(text)} for key, text in field.options]
    return told


def _kind(field: Field) -> str:
    return "area" if field.widget == "area" else field.kind


def settings(field: Field) -> dict[str, Any]:
    """The settings of a custom field: which records a link points at, and the usual value."""
    if isinstance(field, Link):
        return {field.to.rpartition(".")[2].upper(): "Y"}
    return {} if field.default is None else {"DEFAULT_VALUE": field.default}
