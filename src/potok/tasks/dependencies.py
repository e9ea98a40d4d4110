"""Which task waits for which. A dependency holds nobody back: it warns who begins too early or plans what cannot be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.tasks import access, linking, queries, rules
from potok.tasks.models import Dependency, Task


@dataclass(frozen=True)
class Hindrance:
    """A task that stands before another: whether it holds its beginning or its end, whether their plans clash."""

    dependency: Dependency
    holds_start: bool
    holds_end: bool
    clashes: bool


@operation("tasks.dependency.add", needs="")
def add(call: Call, *, before: Task, after: Task, kind: str = linking.FINISH_START) -> Dependency:
    """Let one task wait for another; given again it gets the new kind."""
    rules.check_change(access.standing(after, by=call.by))
    rules.check_part(access.standing(before, by=call.by))
    linking.check_kind(kind)
    linking.check_circle(before.pk, after.pk, followers=_followers(after.pk))
    made, _ = Dependency.objects.update_or_create(before=before, after=after, defaults={"kind": kind})
    for task in (before, after):
        events.touch("task", task.pk)
    return made


@operation("tasks.dependency.remove", needs="")
def remove(call: Call, *, task: Task, dependency: int) -> None:
    """Let a task wait no more."""
    rules.check_change(access.standing(task, by=call.by))
    found = Dependency.objects.filter(pk=dependency, after=task).first()
    if found is None:
        raise linking.UNKNOWN()
    found.delete()
    for one in (found.before_id, found.after_id):
        events.touch("task", one)


def before(task: Task, *, by: int | None) -> list[Hindrance]:
    """What a task waits for, as far as the reader may see it."""
    seen = queries.visible_to(by).filter(followers__after=task)
    found = Dependency.objects.filter(after=task, before__in=seen).select_related("before").order_by("before", "pk")
    return [hindrance(one, one.before, task) for one in found]


def hindrance(dependency: Dependency, before: Task, after: Task) -> Hindrance:
    first, second, kind = _ends(before), _ends(after), dependency.kind
    return Hindrance(
        dependency,
        holds_start=linking.holds_start(kind, first) and not second.started and not second.finished,
        holds_end=linking.holds_end(kind, first) and not second.finished,
        clashes=linking.clashes(kind, first, second),
    )


def among(tasks: Iterable[Task]) -> list[Dependency]:
    """The dependencies whose both ends are among these tasks."""
    ids = [task.pk for task in tasks]
    return list(Dependency.objects.filter(before__in=ids, after__in=ids).order_by("pk"))


def _ends(task: Task) -> linking.Ends:
    return linking.Ends(task.started_at is not None, task.is_closed, task.begins_at, task.deadline)


def _followers(start: int) -> dict[int, list[int]]:
    """All that follows from a task, directly or through others: one question for each step of the way."""
    followers: dict[int, list[int]] = defaultdict(list)
    ahead = {start}
    while ahead:
        found = Dependency.objects.filter(Q(before__in=ahead)).values_list("before_id", "after_id")
        for one, following in found:
            followers[one].append(following)
        ahead = {following for _, following in found} - followers.keys()
    return followers
