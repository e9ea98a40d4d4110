"""What is done with an activity beside adding and changing it, which every record knows."""

from typing import Any

from potok.crm.activities import rules
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records.public import verbs


@operation("crm.activity.complete", needs=of.may("edit"), on="activity")
def complete(call: Call, *, activity: Activity, result: str = "") -> Activity:
    """Say that an activity is done, and what came of it. Of two who say so at once, one is told of the other."""
    if activity.is_done:
        raise rules.DONE_ALREADY(title=activity.title)
    values: dict[str, Any] = {"done_at": call.at}
    if result.strip():
        values["result"] = result
    return _changed(call, activity, values, seen=None)


@operation("crm.activity.reopen", needs=of.may("edit"), on="activity")
def reopen(call: Call, *, activity: Activity) -> Activity:
    """Plan an activity again that was said to be done."""
    if not activity.is_done:
        raise rules.NOT_DONE(title=activity.title)
    return _changed(call, activity, {"done_at": None}, seen=activity.done_at)


def _changed(call: Call, activity: Activity, values: dict[str, Any], *, seen: Any) -> Activity:
    changed: Any = verbs[of.name].change(call, record=activity, values=values, seen={"done_at": seen})
    row: Activity = changed
    return row
