"""Give someone a task, and wait for it if asked.

The task appears in the responsible person's list and on the record's card; where the process runs on a task, it is a
sub-task. With “wait” on, the process goes on when the task is completed or removed; without it, at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from potok.engine.values import NUMBER, PERSON, YES_NO, PersonRef
from potok.kit.calls import Call
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, Wait, World, block, codes, group_named, param
from potok.tasks import public as tasks
from potok.tasks.events import TaskClosed


@dataclass(frozen=True)
class Params:
    title: str = param(_("Title"), help=_("What is to be done, in the imperative."))
    responsible: People = param(_("Responsible"), help=_("Who does it; the first, if there are several."))
    description: str | None = param(_("Description"), default=None, help=_("Values of the record may be inserted."))
    creator: People | None = param(
        _("Creator"), default=None, help=_("Who gives it; who started the process, if empty.")
    )
    observers: People | None = param(_("Observers"), default=None, help=_("Who sees it and is told of its end."))
    deadline: datetime | None = param(_("Deadline"), default=None, ends=True, help=_("When it has to be done."))
    group: str | None = param(_("Group"), default=None, help=_("The name of a project group."))
    link: bool = param(_("Link to the record"), default=True, help=_("Show it on the card of the record."))
    wait: bool = param(_("Wait until it is closed"), default=True, help=_("Hold the process until then."))


async def perform(ask: Params, world: World) -> Outcome:
    responsible = await world.ask(people.resolve, whom=codes(ask.responsible))
    creators = await world.ask(people.resolve, whom=codes(ask.creator or ()))
    observers = await world.ask(people.resolve, whom=codes(ask.observers or ()))
    group: int | None = None
    if ask.group:
        group = await world.ask(group_named, name=ask.group)
    if not responsible:
        raise tasks.NO_RESPONSIBLE(place="responsible")
    about = world.record if ask.link else None
    part_of = about.id if about and about.type == tasks.TASK else None
    task = await world.do(
        tasks.add,
        title=ask.title,
        responsible=responsible[0],
        creator=creators[0] if creators else world.initiator or responsible[0],
        description=ask.description or "",
        observers=observers,
        group=group,
        deadline=ask.deadline,
        records=[about] if about and part_of is None else [],
        parent=part_of,
    )
    if ask.wait:
        return Wait(event=TaskClosed, where={"task": task.pk})
    return Done({"task": task.pk})


async def resume(ask: Params, closed: TaskClosed, world: World) -> Outcome:
    by = None if closed.by is None else PersonRef(closed.by)
    return Done({"task": closed.task, "closed_by": by, "removed": closed.removed})


def pretend(call: Call, where: Mapping[str, Any]) -> None:
    """The responsible person completes the task."""
    task = tasks.found(None, id=where["task"])
    tasks.complete(replace(call, by=task.responsible_id), task=task)


task_add = block(
    Block(
        name="task_add",
        title=_("Add a task"),
        group="tasks",
        params=Params,
        results={"task": NUMBER, "closed_by": PERSON, "removed": YES_NO},
        perform=perform,
        resume=resume,
        awaits=(TaskClosed,),
        pretend=pretend,
        known_as={"bitrix24": "Task2Activity"},
        serves="stages.task",
    )
)
