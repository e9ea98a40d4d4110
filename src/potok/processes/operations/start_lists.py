"""Starts on many records: the records are chosen, then a definition starts on them, so many a minute."""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.processes import outside, rules, starters, startlists
from potok.processes.models import Definition, StartList
from potok.processes.operations.instances import startable, typed_inputs
from potok.processes.permissions import START

A_MINUTE_MAX = 6_000
A_MINUTE = 60


@operation("processes.start_list.choose", needs=START)
def choose(call: Call, *, record_type: str, ids: Sequence[int]) -> StartList:
    """Choose records to start a definition on: those of them that the caller may see."""
    seen = outside.visible(record_type, ids, by=call.by)
    if not seen:
        raise rules.NOTHING_CHOSEN()
    return startlists.choose(call, record_type=record_type, ids=seen)


@operation("processes.start_list.begin", needs=START)
def begin(
    call: Call,
    *,
    chosen: StartList,
    definition: Definition,
    inputs: Mapping[str, Any] | None = None,
    a_minute: int = A_MINUTE,
) -> StartList:
    """Start a definition on the chosen records in the background, so many a minute; each gets a line of the report."""
    _own(call, chosen)
    version, ways = startable(call, definition, record_type=chosen.record_type)
    given = typed_inputs(version, inputs or {})
    # Two who press at once: the row decides.
    locked = StartList.objects.select_for_update().get(pk=chosen.pk)
    if locked.begun_at is not None or locked.cancelled_at is not None:
        raise rules.NO_LIST()
    pace = min(max(a_minute, 1), A_MINUTE_MAX)
    when = starters.condition(ways)
    begun = startlists.begin(call, locked, version=version, inputs=given, a_minute=pace, when=when)
    touch("start_list", begun.pk)
    return begun


@operation("processes.start_list.cancel", needs=START)
def cancel(call: Call, *, chosen: StartList) -> StartList:
    """Start no more of them; what has started goes on."""
    _own(call, chosen)
    if chosen.ended_at is not None:
        raise rules.NO_LIST()
    startlists.cancel(call, chosen)
    return StartList.objects.get(pk=chosen.pk)


def start_list(call: Call, *, id: int) -> StartList:
    """Fetch a list of the caller's own, or refuse with `kit.missing`."""
    found = StartList.objects.filter(pk=id, is_shown=True).select_related("definition").first()
    if found is None:
        raise MISSING(id=id)
    _own(call, found)
    return found


def _own(call: Call, chosen: StartList) -> None:
    """Whose choice it is shows what he may see: it is nobody else's."""
    if call.by is not None and chosen.by_id != call.by:
        raise MISSING(id=chosen.pk)
