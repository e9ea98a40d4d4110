"""What history tells of a record beside its fields: what hangs on it and belongs to a part above, lines for example.

The part says how both sides read and how the way back goes, under the name by which history keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from potok.kit.calls import Call
from potok.kit.registry import Registry
from potok.records import events
from potok.records.models import History, Record


@dataclass(frozen=True)
class Beside:
    """`words(was, became)` says both sides; `give_back(call, record, was=…, became=…)` refuses what changed since."""

    title: Any
    words: Callable[[Any, Any], tuple[str, str]] = field(compare=False)
    give_back: Callable[..., None] = field(compare=False)


besides: Registry[Beside] = Registry("what history tells beside fields")


def remember(call: Call, *, record: Record, name: str, was: Any, became: Any) -> None:
    """Write into the history of a record what was and what became, as plain JSON; nothing where both are the same."""
    if was == became:
        return
    History.objects.create(
        record_type=record.record_type,
        record_id=record.pk,
        revision=record.revision,
        kind=events.CHANGED,
        at=call.at,
        by_id=call.author,
        cause=call.cause.plain(),
        before={name: was},
        after={name: became},
    )
