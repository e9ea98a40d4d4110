"""The tables of tasks. The people and records of a task are columns of its row: they are read and written together."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from potok.engine.values import RecordRef
from potok.tasks import rules


class Tasks(models.QuerySet["Task"]):
    def open(self) -> "Tasks":
        return self.exclude(status=rules.DONE)

    def closed(self) -> "Tasks":
        return self.filter(status=rules.DONE)

    def of_person(self, person: int) -> "Tasks":
        """Those in which the person takes part by name."""
        named = Q(responsible=person) | Q(creator=person) | Q(controller=person) | Q(observers__contains=[person])
        return self.filter(named)

    def about(self, record: RecordRef) -> "Tasks":
        return self.filter(records__contains=[spelled(record)])

    def by_urgency(self) -> "Tasks":
        return self.order_by(models.F("deadline").asc(nulls_last=True), "pk")


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
    group = models.ForeignKey("people.Group", on_delete=models.SET_NULL, related_name="+", null=True)
    deadline = models.DateTimeField(null=True)
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
            GinIndex(fields=["observers"], name="tasks_observers"),
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


def spelled(record: RecordRef) -> str:
    """A record as it stands in the column: "crm.deal:7"."""
    return f"{record.type}:{record.id}"


def read(spelled: str) -> RecordRef:
    kind, _, number = spelled.rpartition(":")
    return RecordRef(kind, int(number))
