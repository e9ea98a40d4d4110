"""Tables of duplicates: by what records are alike, which pairs are suspected, what was merged and how."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Key(models.Model):
    """One thing by which a record may be like another: a phone, a mail, a tax number, a name without its trimmings."""

    objects: ClassVar[models.Manager["Key"]]
    kind = models.TextField()
    object = models.BigIntegerField()
    sort = models.TextField()
    value = models.TextField(db_collation="C")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["value", "sort", "kind"], name="duplicates_key_value"),
            models.Index(fields=["kind", "object"], name="duplicates_key_of"),
        ]


class Fresh(models.Model):
    """A record whose keys have changed and that nobody has compared yet. Only ever inserted and taken."""

    objects: ClassVar[models.Manager["Fresh"]]
    kind = models.TextField()
    object = models.BigIntegerField()


class Pair(models.Model):
    """Two records that may be one; the smaller id is `one`. What was dismissed stays dismissed."""

    objects: ClassVar[models.Manager["Pair"]]
    SUSPECTED, DISMISSED, MERGED = "suspected", "dismissed", "merged"

    kind = models.TextField()
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    why = ArrayField(models.TextField(), default=list)
    score = models.IntegerField(default=0)
    state = models.TextField(default=SUSPECTED)
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "one", "other"], name="duplicates_pair_once")]
        indexes: ClassVar = [
            models.Index(fields=["-score", "-id"], name="duplicates_pair_open", condition=models.Q(state="suspected")),
        ]

    def owners(self) -> tuple[int | None, ...]:
        return ()


class Merge(models.Model):
    """Records that became one: what the one that stayed was and is, and what was moved to it, so that it can go
    back."""

    objects: ClassVar[models.Manager["Merge"]]
    kind = models.TextField()
    kept = models.BigIntegerField()
    lost = ArrayField(models.BigIntegerField())
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # What each follower moved, in its own words and in the order in which it was moved.
    moved = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "kept"], name="duplicates_merge_kept")]
