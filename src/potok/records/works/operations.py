"""Works on their way: stopped, gone on with, taken back. How they begin is the matter of each."""

from collections import Counter
from typing import TypeVar

from django.db.models import Count

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records.works.models import Work
from potok.records.works.rules import NOT_NOW, State

W = TypeVar("W", bound=Work)


@operation("records.work.stop", needs="")
def stop(call: Call, *, of: Work) -> Work:
    """Do no more of it; what is done stays until it is taken back."""
    expect(call, of, State.RUNNING)
    return go(of, State.STOPPED, place=of.place)


@operation("records.work.resume", needs="")
def resume(call: Call, *, of: Work) -> Work:
    """Go on after a stop, from the line where it was."""
    expect(call, of, State.STOPPED)
    return go(of, State.RUNNING, place=of.place)


@operation("records.work.undo", needs="")
def undo(call: Call, *, of: Work) -> Work:
    """Take back all that was done; what somebody has changed since stays."""
    expect(call, of, *((State.DONE, State.STOPPED) if of.can_be_undone else ()))
    return go(of, State.UNDOING)


def own(model: type[W], id: int, *, by: int | None) -> W:
    """A work of one's own, or a refusal that does not tell whether it is there."""
    found: W | None = model.objects.filter(pk=id, **({} if by is None else {"by": by})).first()
    if found is None:
        raise MISSING(id=id)
    return found


def counted(of: Work) -> Counter[tuple[str, str]]:
    """How many lines there are of each outcome, taken back or not."""
    grouped = of.lines.order_by().values_list("outcome", "undone").annotate(Count("pk"))
    return Counter({(outcome, undone): count for outcome, undone, count in grouped})


def check_may(by: int | None, *, permission: str) -> None:
    """Refuse who may do this with no record at all; which ones, is judged one by one."""
    if not people.may(by, permission=permission):
        raise FORBIDDEN(permission=permissions[permission].title)


def expect(call: Call, of: Work, *states: State) -> None:
    """Lock a work; refuse unless it is the caller's and stands where he thinks it does."""
    if call.by not in (None, of.by_id):
        raise MISSING(id=of.pk)
    check_may(call.by, permission=of.needs())
    now = type(of).objects.select_for_update().get(pk=of.pk)
    if now.state not in states:
        raise NOT_NOW()
    of.state, of.place = now.state, now.place


def go(of: W, state: State, *, place: int = 0) -> W:
    """Let a work go on in another state; its screens hear of it."""
    of.state, of.place, of.ended_at = state, place, None
    of.save()
    touch(of.topic, of.pk)
    return of


__all__ = ["check_may", "counted", "expect", "go", "own", "resume", "stop", "undo"]
