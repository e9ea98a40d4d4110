"""What clients send to be written, as the operations take it."""

from collections.abc import Mapping
from typing import Any

from potok.records.dialect import forms, listing
from potok.records.dialect.naming import Dialect
from potok.records.fields import PipelineField
from potok.records.models import Record


def values(dialect: Dialect, record: Record | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the operation by our names. Unknown names and what the system fills in are let be."""
    upper = {str(name).upper(): raw for name, raw in given.items()}
    read: dict[str, Any] = {}
    for name, field in dialect.all().items():
        if name not in upper or field.read_only:
            continue
        if field.kind == "money" and not field.custom:
            read[field.name] = _money(dialect, record, field.name, upper)
        elif name in dialect.lines:
            merged = forms.merged(None if record is None else field.of(record), upper[name])
            read[field.name] = merged if field.multiple else merged[-1]["value"] if merged else None
        elif isinstance(field, PipelineField):
            read[field.name] = listing.pipeline_id(dialect, upper[name])
        else:
            read[field.name] = forms.given(field, upper[name])
    return read


def _money(dialect: Dialect, record: Any, name: str, given: Mapping[str, Any]) -> Any:
    """An amount and its currency travel apart; what is not given stays."""
    theirs = {ours: their for their, ours in dialect.names.items()}
    amount = given.get(theirs[name], None if record is None else getattr(record, name))
    currency = given.get(theirs[f"{name}.currency"]) or ("" if record is None else record.currency)
    if amount in (None, ""):
        return None
    text = str(amount)
    return text if "|" in text else {"amount": amount, "currency": currency}
