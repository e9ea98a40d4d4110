"""What operators do to instances, written into their journals with who did it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from potok.engine.run import Entry
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.processes import partitions

OPERATED = "operated"  # the word of such a line; its detail says what was done and by whom
MERGED, PARTED = "merged", "parted"  # the record of the instance is another from here on: `record`, before it `was`
TURN_PAGE = """UPDATE processes_instance i SET lines = lines + 1 WHERE i.id = ANY(%b::bigint[])
    RETURNING i.id, i.lines, i.definition_id"""
WRITE = """INSERT INTO processes_journal (instance_id, number, at, entries, until)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::timestamptz[], %b::text[], %b::date[])"""


def sign(call: Call, instances: Sequence[int], *, did: str, **more: Any) -> None:
    """Write a line into the journals of these instances: what was done, and by whom."""
    if not instances:
        return
    rows = list(sets.execute(TURN_PAGE, (), sorted(instances)))
    line = _line(call, {"did": did, **more})
    sets.execute(
        WRITE, [(id, number, call.at, line, partitions.until(call.at, definition=about)) for id, number, about in rows]
    )
    for id, _number, _about in rows:
        touch("instance", id)


def _line(call: Call, detail: Mapping[str, Any]) -> str:
    entry = Entry(OPERATED, 0, 0, {**detail, "by": call.author})
    return json.dumps([entry], ensure_ascii=False, separators=(",", ":"), default=str)
