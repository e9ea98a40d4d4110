"""Projects: groups of people that have a purpose, a leader, people who help to lead, and a board of their own."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.errors import Forbidden, Missing, refusal
from potok.kit.operations import operation
from potok.kit.words import _
from potok.people import public as company
from potok.people.public import Group
from potok.tasks import access, rules
from potok.tasks.models import Project, Stage, Task

STAGES_MAX = 20
UNKNOWN = refusal("tasks.project.missing", _("This project is not there, or you are not in it."), family=Missing)
NOT_LED = refusal(
    "tasks.project.not_led", _("A project is changed by whoever leads it. Ask its leader."), family=Forbidden
)
CREW = refusal("tasks.project.crew", _("The leader and his helpers are members of the project. Keep them in it."))
TOO_MANY_STAGES = refusal("tasks.project.too_many_stages", _("A board has at most {limit} columns."))
STAGE_UNTITLED = refusal("tasks.stage.untitled", _("A column of a board has a name. Write it."))
NOT_ON_BOARD = refusal("tasks.stage.no_board", _("The task belongs to no project, so it stands on no board."))


@operation("tasks.project.add", needs="")
def add(call: Call, *, name: str, people: Sequence[int] = (), purpose: str = "") -> Project:
    """Begin a project and lead it; these people are its members."""
    leader = call.author
    if leader is None:
        raise NOT_LED()
    members = list(company.by_id({leader, *people}).values())
    group = company.groups.add(call.by_system(), name=name, people=members)
    project = Project.objects.create(group=group, leader_id=leader, purpose=rules.tidy_text(purpose, place="purpose"))
    Stage.objects.bulk_create(
        Stage(group=group, title=title, place=place)
        for place, title in enumerate([gettext("Planned"), gettext("In work"), gettext("Ready")])
    )
    return project


@operation("tasks.project.change", needs="")
def change(
    call: Call,
    *,
    project: Project,
    name: str | None = None,
    purpose: str | None = None,
    leader: int | None = None,
    moderators: Sequence[int] | None = None,
    people: Sequence[int] | None = None,
) -> Project:
    """Change what a project is called, what it is for and who is in it in which role."""
    _check_led(call, project.group_id)
    project.leader_id = leader or project.leader_id
    project.moderators = list(rules.once(project.moderators if moderators is None else moderators))
    project.purpose = project.purpose if purpose is None else rules.tidy_text(purpose, place="purpose")
    members = set(people if people is not None else project.group.people.values_list("pk", flat=True))
    if not {project.leader_id, *project.moderators} <= members:
        raise CREW(place="people")
    company.groups.change(
        call.by_system(), group=project.group, name=name, people=list(company.by_id(members).values())
    )
    project.save(update_fields=["leader", "moderators", "purpose"])
    return project


@operation("tasks.project.close", needs="")
def close(call: Call, *, project: Project, again: bool = False) -> Project:
    """Close a project: it stands in no list any more. `again` opens it."""
    _check_led(call, project.group_id)
    project.closed_at = None if again else call.at
    project.save(update_fields=["closed_at"])
    return project


@operation("tasks.stage.write", needs="")
def write_stages(call: Call, *, project: Project, titles: Sequence[tuple[int | None, str]]) -> list[Stage]:
    """Write the columns of a board in their order: (number, name), without a number a new one.

    Tasks of a column that is left out stand in the first.
    """
    _check_led(call, project.group_id)
    if len(titles) > STAGES_MAX:
        raise TOO_MANY_STAGES(limit=STAGES_MAX)
    if not all(title.strip() for _number, title in titles):
        raise STAGE_UNTITLED(place="title")
    known = {one.pk: one for one in Stage.objects.filter(group=project.group_id)}
    Stage.objects.filter(pk__in=known.keys() - {number for number, _title in titles}).delete()
    for place, (number, title) in enumerate(titles):
        stage = known.get(number or 0) or Stage(group_id=project.group_id)
        stage.title, stage.place = " ".join(title.split()), place
        stage.save()
    events.touch("task", 0)
    return stages(project.group_id)


@operation("tasks.task.place", needs="")
def place(call: Call, *, task: Task, stage: int) -> Task:
    """Move a task to a column of its project's board: whoever works on it, leads or belongs to the project may."""
    standing = access.standing(task, by=call.by)
    if not standing & (rules.MAY_WORK | {rules.COLLEAGUE}):
        rules.check_work(standing)
    if task.group_id is None:
        raise NOT_ON_BOARD()
    if not Stage.objects.filter(pk=stage, group=task.group_id).exists():
        raise rules.UNKNOWN_STAGE(place="stage")
    task.stage_id = stage
    Task.objects.filter(pk=task.pk).update(stage=stage, changed_at=call.at)
    events.touch("task", task.pk)
    return task


def stages(group: int) -> list[Stage]:
    """The columns of a group's board in their order."""
    return list(Stage.objects.filter(group=group).order_by("place", "pk"))


def visible_to(person: int | None) -> "list[Project]":
    """The projects that the person is in, those that go on first, then by name."""
    rows = Project.objects.select_related("group", "leader")
    if person is not None:
        rows = rows.filter(Q(group__in=access.groups_of(person)) | Q(leader=person))
    return sorted(rows, key=lambda one: (one.closed_at is not None, company.folded(one.group.name)))


def found(person: int | None, *, group: int) -> Project:
    """The project, if the person is in it; otherwise it is missing."""
    project = Project.objects.select_related("group", "leader").filter(group=group).first()
    if project is None or not (access.leads(person, group) or _is_member(person, project.group)):
        raise UNKNOWN(id=group)
    return project


def _is_member(person: int | None, group: Group) -> bool:
    return group.people.filter(pk=person or 0).exists()


def _check_led(call: Call, group: int) -> None:
    if not access.leads(call.by, group):
        raise NOT_LED()
