"""What parts work out themselves is written here: fields that no person types, a number, a sum that follows.

It goes the way of every change, with lock, history and events; no right is asked, and `read_only` is no obstacle.
"""

from collections.abc import Mapping
from typing import Any

from potok.engine.values import Value
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.records import events
from potok.records.keeping import Changing, keep_changed
from potok.records.models import Record
from potok.records.record_types import record_types


def fill(call: Call, *, record: Record, values: Mapping[str, Value]) -> Any:
    """Write fields of a record in the name of the system, and answer the row as it is now; raise what stands against
    it. The values are those of the fields and no texts."""
    what = Changing(record_types[record.record_type], record.pk, events.CHANGED, values)
    [answer] = keep_changed([(call.by_system(), what)])
    if isinstance(answer, Refused):
        raise answer
    return answer
