"""The tables of the feed. An entry is a post, or a pointer to something that happened elsewhere."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from potok.feed import rules

PERSON = settings.AUTH_USER_MODEL


class Entry(models.Model):
    """One line of the feed. With a `kind` it is a pointer: `subject` is the number of what happened, and who sees that
    sees the line. Without one it is a post, which those see whom its `audience` means."""

    objects: ClassVar[models.Manager["Entry"]]
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    kind = models.TextField(default="")
    subject = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    # Codes of people as `people.codes` spells them, and `all`; judged when the feed is read.
    audience = ArrayField(models.TextField(), default=list)
    mentioned = ArrayField(models.BigIntegerField(), default=list)
    files = ArrayField(models.BigIntegerField(), default=list)
    is_important = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-id"], name="feed_entry_pinned", condition=Q(is_pinned=True)),
            models.Index(fields=["kind", "subject"], name="feed_entry_subject"),
            GinIndex(fields=["audience"], name="feed_entry_audience"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="feed_entry_once", condition=~Q(kind="")),
        ]

    def __str__(self) -> str:
        return " ".join(self.text.split())[: rules.TITLE_LENGTH_MAX]

    def get_absolute_url(self) -> str:
        return reverse("feed:entry", args=[self.pk])


class Comment(models.Model):
    """What somebody answered to an entry."""

    objects: ClassVar[models.Manager["Comment"]]
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="comments")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    files = ArrayField(models.BigIntegerField(), default=list)

    def __str__(self) -> str:
        return self.text


class Reaction(models.Model):
    """That a person likes an entry, thanks for it or agrees: one of each person."""

    objects: ClassVar[models.Manager["Reaction"]]
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kind = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "person"], name="feed_reaction_once"),
            models.CheckConstraint(condition=Q(kind__in=list(rules.REACTIONS)), name="feed_reaction_kind"),
        ]


class Acknowledgement(models.Model):
    """That a person has read an important post."""

    objects: ClassVar[models.Manager["Acknowledgement"]]
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "person"], name="feed_acknowledgement_once")]


class Visit(models.Model):
    """How far a person has seen the feed, and what he has typed into it and not sent."""

    objects: ClassVar[models.Manager["Visit"]]
    person = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    seen = models.BigIntegerField(default=0)
    typed = models.JSONField(default=dict)
