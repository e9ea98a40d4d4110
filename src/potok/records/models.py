"""Tables of records: what every record has, its history, comments, and what administrators declare about it."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from potok.engine.values import RecordRef
from potok.people.public import Reach

PERSON = settings.AUTH_USER_MODEL


class Records(models.QuerySet[Any]):
    """Chainable filters over the records of one type."""

    def kept(self) -> "Records":
        """Those that are not in the trash."""
        return self.filter(removed_at=None)

    def within(self, reach: Reach) -> "Records":
        """Those that a permission reaches."""
        return self.filter(reach.narrows("responsible"))


class Record(models.Model):
    """What every record has. The values of custom fields lie in `props`, by the field's name."""

    objects: ClassVar[models.Manager[Any]] = Records.as_manager()
    record_type: ClassVar[str]
    title = models.TextField(default="")
    sort_key = models.TextField(default="", db_collation="C")
    responsible = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)
    revision = models.IntegerField(default=1)
    props = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> RecordRef:
        """Its type and id, as processes, tasks and files name it."""
        return RecordRef(self.record_type, self.pk)

    def owners(self) -> tuple[int | None, ...]:
        """Whose it is, as far as permissions ask."""
        return (self.responsible_id,)


class Marked(models.Model):
    """What people mark some records with: tags, and who observes them. The fields are `fields.marks()`."""

    observers = models.JSONField(default=list)
    tags = models.JSONField(default=list)

    class Meta:
        abstract = True


class History(models.Model):
    """One change of one record: who, when, through which door, from what to what."""

    objects: ClassVar[models.Manager["History"]]
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    revision = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    cause = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["record_type", "record_id", "id"], name="records_history_record")]


class Comment(models.Model):
    """What somebody said about a record; its files hang on it. One that is `pinned` stands above the feed."""

    objects: ClassVar[models.Manager["Comment"]]
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    at = models.DateTimeField()
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    text = models.TextField()
    files = models.JSONField(default=list)
    mentioned = models.JSONField(default=list)
    pinned = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["record_type", "record_id", "id"], name="records_comment_record")]

    def owners(self) -> tuple[int | None, ...]:
        return (self.author_id,)


class Pipeline(models.Model):
    """An order of stages for the records of one type."""

    objects: ClassVar[models.Manager["Pipeline"]]
    record_type = models.TextField()
    title = models.TextField()
    order = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Stage(models.Model):
    """A named position in a pipeline. Its code is the value that conditions, processes and REST name."""

    objects: ClassVar[models.Manager["Stage"]]
    OPEN, WON, LOST = "open", "won", "lost"
    KINDS = (OPEN, WON, LOST)

    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="stages")
    record_type = models.TextField()
    code = models.TextField()
    title = models.TextField()
    kind = models.TextField(default=OPEN)
    order = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_type", "code"], name="records_stage_code"),
            models.CheckConstraint(condition=Q(kind__in=["open", "won", "lost"]), name="records_stage_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class CustomField(models.Model):
    """A field that the customer adds to a record type."""

    objects: ClassVar[models.Manager["CustomField"]]
    record_type = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    required = models.BooleanField(default=False)
    multiple = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    default = models.JSONField(null=True)
    # Of a choice: `[{"key": "1", "title": "…"}]`; of a link: `{"to": "crm.company"}`.
    options = models.JSONField(default=list)
    order = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_type", "name"], name="records_customfield_name"),
        ]


class View(models.Model):
    """A saved list or board: filter, columns, order, grouping. Without an owner it is everybody's.

    With a `team` all who work in that department see it; only the owner changes it. `is_default` opens it to whom it
    belongs when nothing else is asked for.
    """

    objects: ClassVar[models.Manager["View"]]
    record_type = models.TextField()
    title = models.TextField()
    owner = models.ForeignKey(PERSON, models.CASCADE, related_name="+", null=True)
    layout = models.TextField(default="list")
    filter = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.TextField(default="")
    search = models.TextField(default="")
    group = models.TextField(default="")
    team = models.ForeignKey("people.Department", models.CASCADE, related_name="+", null=True)
    is_default = models.BooleanField(default=False)
    order = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def owners(self) -> tuple[int | None, ...]:
        return (self.owner_id,)


class Widths(models.Model):
    """How wide somebody keeps the columns of a list, in pixels by field: in a view, or where none is open."""

    objects: ClassVar[models.Manager["Widths"]]
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    record_type = models.TextField()
    view = models.ForeignKey(View, models.CASCADE, related_name="+", null=True)
    widths = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "record_type", "view"], name="records_widths_once", nulls_distinct=False
            ),
        ]


class Draft(models.Model):
    """What a person has typed into the form of a new record and not sent; it opens on any machine."""

    objects: ClassVar[models.Manager["Draft"]]
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    record_type = models.TextField()
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "record_type"], name="records_draft_once"),
        ]


class Counter(models.Model):
    """The last number that was given in a field of a type, within a year, a month, a day or all time."""

    objects: ClassVar[models.Manager["Counter"]]
    record_type = models.TextField()
    field = models.TextField()
    period = models.TextField()
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_type", "field", "period"], name="records_counter_once"),
        ]


class Layout(models.Model):
    """How administrators have laid out a type: the columns of its list, the groups of fields on its card."""

    objects: ClassVar[models.Manager["Layout"]]
    record_type = models.TextField(unique=True)
    columns = models.JSONField(default=list)
    # `[{"title": "…", "fields": ["amount", …]}]`; a field in no group is not on the card.
    card = models.JSONField(default=list)


class Stamp(models.Model):
    """One row: it changes with every change of pipelines, stages and custom fields, so that caches know."""

    objects: ClassVar[models.Manager["Stamp"]]
    value = models.TextField()


class Limit(models.Model):
    """What a role leaves out of the records that it lets see: one field or one pipeline, hidden or not to be changed.

    A person with several roles may do what the widest of them lets him do.
    """

    objects: ClassVar[models.Manager["Limit"]]
    HIDDEN, READ_ONLY = "hidden", "read_only"
    LEVELS = (HIDDEN, READ_ONLY)

    record_type = models.TextField()
    role = models.ForeignKey("people.Role", models.CASCADE, related_name="+")
    field = models.TextField(default="")
    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="+", null=True)
    level = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_type", "role", "field", "pipeline"], name="records_limit_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(level__in=["hidden", "read_only"]), name="records_limit_level"),
            models.CheckConstraint(condition=Q(field="") ^ Q(pipeline=None), name="records_limit_one"),
        ]


class Share(models.Model):
    """One record is shown to somebody whom no role would let see it. `holder` is a code of people: `group_dr5`.

    One that `observes` follows from a field of the record (see `observing`); people give and take the others.
    """

    objects: ClassVar[models.Manager["Share"]]
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    holder = models.TextField()
    may_edit = models.BooleanField(default=False)
    observes = models.BooleanField(default=False)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_type", "holder", "record_id", "observes"], name="records_share_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["record_type", "record_id"], name="records_share_record")]


def record_indexes(name: str) -> list[models.Index]:
    """The indexes that every record table has, under names that begin with the table's."""
    kept = Q(removed_at=None)
    return [
        models.Index(fields=["responsible", "-id"], name=f"{name}_responsible", condition=kept),
        models.Index(fields=["sort_key"], name=f"{name}_sort", condition=kept),
        GinIndex(fields=["props"], name=f"{name}_props", opclasses=["jsonb_path_ops"]),
        # The trash is small and the table is not.
        models.Index(fields=["removed_at"], name=f"{name}_trash", condition=~kept),
    ]


def mark_indexes(name: str) -> list[models.Index]:
    """The indexes of what is `Marked`, under names that begin with the table's."""
    marks = ("observers", "tags")
    return [
        *(GinIndex(fields=[mark], name=f"{name}_{mark}", opclasses=["jsonb_path_ops"]) for mark in marks),
        # By it the tags in use are found, however few of a million records have some.
        models.Index(fields=["-id"], name=f"{name}_tagged", condition=~Q(tags=[])),
    ]
