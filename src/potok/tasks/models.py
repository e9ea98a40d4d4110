"""The tables of tasks. The people and records of a task are columns of its row: they are read and written together."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from potok.engine.values import RecordRef
from potok.tasks import linking, rules


class Tasks(models.QuerySet["Task"]):
    def active(self) -> "Tasks":
        """Those that somebody is to work on."""
        return self.filter(status__in=sorted(rules.ACTIVE))

    def open(self) -> "Tasks":
        return self.exclude(status=rules.DONE)

    def closed(self) -> "Tasks":
        return self.filter(status=rules.DONE)

    def of_person(self, person: int) -> "Tasks":
        """Those in which the person takes part by name."""
        return self.filter(taking_part(person))

    def about(self, record: RecordRef) -> "Tasks":
        return self.filter(records__contains=[spelled(record)])

    def by_urgency(self) -> "Tasks":
        return self.order_by(models.F("deadline").asc(nulls_last=True), "pk")


def taking_part(person: int) -> Q:
    """Tasks that name the person, whatever he is to them."""
    either = Q(responsible=person) | Q(creator=person) | Q(controller=person)
    return either | Q(observers__contains=[person]) | Q(accomplices__contains=[person])


class Task(models.Model):
    """Something that one person is asked to do."""

    objects: ClassVar[models.Manager["Task"]] = Tasks.as_manager()
    title = models.TextField()
    description = models.TextField(default="")
    status = models.TextField(default=rules.NEW)
    priority = models.TextField(default=rules.NORMAL)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Who accepts the work beside the creator.
    controller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    observers = ArrayField(models.BigIntegerField(), default=list)
    # Who helps the responsible person; the work waits for them, too.
    accomplices = ArrayField(models.BigIntegerField(), default=list)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="parts", null=True)
    group = models.ForeignKey("people.Group", on_delete=models.SET_NULL, related_name="+", null=True)
    # The column of the board of its group; without one, the first.
    stage = models.ForeignKey("tasks.Stage", on_delete=models.SET_NULL, related_name="+", null=True)
    # Nobody is asked before.
    begins_at = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    # When the next thing is to be told: that it begins, that it is late.
    wakes_at = models.DateTimeField(null=True)
    planned_minutes = models.IntegerField(null=True)
    # What is done has to be accepted by the creator or the controller.
    needs_control = models.BooleanField(default=False)
    template = models.ForeignKey("tasks.Template", on_delete=models.SET_NULL, related_name="+", null=True)
    # Spelled "crm.deal:7", so that one index finds the tasks of any record.
    records = ArrayField(models.TextField(), default=list)
    # The instance that asked, if one did.
    instance = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["responsible", "status"], name="tasks_responsible"),
            models.Index(fields=["creator", "status"], name="tasks_creator"),
            models.Index(fields=["group", "status"], name="tasks_group"),
            models.Index(fields=["instance"], name="tasks_instance", condition=~Q(instance=None)),
            models.Index(fields=["parent"], name="tasks_parent", condition=~Q(parent=None)),
            models.Index(fields=["wakes_at"], name="tasks_wakes", condition=~Q(wakes_at=None)),
            GinIndex(fields=["observers"], name="tasks_observers"),
            GinIndex(fields=["accomplices"], name="tasks_accomplices"),
            GinIndex(fields=["records"], name="tasks_records"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=list(rules.STATUSES)), name="tasks_task_status"),
            models.CheckConstraint(condition=Q(priority__in=list(rules.PRIORITIES)), name="tasks_task_priority"),
            models.CheckConstraint(
                condition=Q(status=rules.DONE, closed_at__isnull=False)
                | (~Q(status=rules.DONE) & Q(closed_at__isnull=True)),
                name="tasks_task_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.status == rules.DONE

    def parties(self) -> rules.Parties:
        return rules.Parties(
            responsible=self.responsible_id,
            creator=self.creator_id,
            controller=self.controller_id,
            observers=tuple(self.observers),
            accomplices=tuple(self.accomplices),
        )

    def owners(self) -> tuple[int, ...]:
        """Whose department decides how far a permission over tasks reaches."""
        return (self.responsible_id, self.creator_id)

    def refs(self) -> tuple[RecordRef, ...]:
        return tuple(read(one) for one in self.records)


class Comment(models.Model):
    """What somebody said about a task; its files hang on it."""

    objects: ClassVar[models.Manager["Comment"]]
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    text = models.TextField()
    files = ArrayField(models.BigIntegerField(), default=list)
    mentioned = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="tasks_comment_task")]


class Item(models.Model):
    """A line of a task's checklist."""

    objects: ClassVar[models.Manager["Item"]]
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="checklist")
    text = models.TextField()
    place = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "tasks_checklist_item"
        indexes: ClassVar = [models.Index(fields=["task", "place"], name="tasks_checklist_task")]


class Dependency(models.Model):
    """One task that another waits for. `kind` says which end of the one holds which end of the other."""

    objects: ClassVar[models.Manager["Dependency"]]
    before = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="followers")
    after = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="awaited")
    kind = models.TextField(default=linking.FINISH_START)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["before", "after"], name="tasks_dependency_once"),
            models.CheckConstraint(condition=Q(kind__in=list(linking.KINDS)), name="tasks_dependency_kind"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="tasks_dependency_other"),
        ]


class Spent(models.Model):
    """Time that somebody spent on a task."""

    objects: ClassVar[models.Manager["Spent"]]
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="spent")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seconds = models.IntegerField()
    note = models.TextField(default="")
    on = models.DateField()
    written_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "on"], name="tasks_spent_task")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(seconds__gt=0), name="tasks_spent_some")]


class Happened(models.Model):
    """A line of a task's history. `field` is set where a field was changed; the values are as people read them."""

    objects: ClassVar[models.Manager["Happened"]]
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    # What a process is called that did it.
    process = models.TextField(default="")
    what = models.TextField()
    field = models.TextField(default="")
    was = models.TextField(default="")
    now = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "at"], name="tasks_happened_task")]


class Stage(models.Model):
    """A column of the board of a group."""

    objects: ClassVar[models.Manager["Stage"]]
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, related_name="+")
    title = models.TextField()
    place = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["group", "place"], name="tasks_stage_group")]

    def __str__(self) -> str:
        return self.title


class Project(models.Model):
    """What makes a group of people a project: what it is for, who leads it, who helps to lead it."""

    objects: ClassVar[models.Manager["Project"]]
    group = models.OneToOneField("people.Group", on_delete=models.CASCADE, related_name="+", primary_key=True)
    purpose = models.TextField(default="")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moderators = ArrayField(models.BigIntegerField(), default=list)
    closed_at = models.DateTimeField(null=True)


class Template(models.Model):
    """A task to be given again: by hand, or by itself whenever its rule says."""

    objects: ClassVar[models.Manager["Template"]]
    title = models.TextField()
    # What `operations.add` takes, as JSON; people are ids.
    fields = models.JSONField(default=dict)
    # Who gives the tasks that follow from it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    days_given = models.IntegerField(null=True)
    # An RRULE without its DTSTART; empty: by hand only.
    repeats = models.TextField(default="")
    begins_at = models.DateTimeField(null=True)
    zone = models.TextField(default="")
    next_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="tasks_template_next", condition=~Q(next_at=None))]

    def __str__(self) -> str:
        return self.title


def spelled(record: RecordRef) -> str:
    """A record as it stands in the column: "crm.deal:7"."""
    return f"{record.type}:{record.id}"


def read(spelled: str) -> RecordRef:
    kind, _, number = spelled.rpartition(":")
    return RecordRef(kind, int(number))
