"""Tables of letters."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F


class Status(models.TextChoices):
    """Where a letter is."""

    ON_ITS_WAY = "on_its_way"
    SENT = "sent"
    FAILED = "failed"
    # There is no mail server: the letter stays here and can be read.
    KEPT = "kept"


class Letter(models.Model):
    """A letter to the outside. `key` and `message_id` stay the same over all attempts to send it."""

    objects: ClassVar[models.Manager["Letter"]]
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.TextField(default="")
    author_address = models.TextField()
    reply_to = models.TextField(default="")
    to: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField())
    cc: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(default="")
    key = models.TextField(unique=True)
    message_id = models.TextField()
    record_type = models.TextField(default="")
    record_id = models.BigIntegerField(null=True)
    status = models.TextField(choices=Status.choices, default=Status.ON_ITS_WAY)
    problem = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(F("made_at").desc(), F("id").desc(), name="mail_letter_list"),
            models.Index(fields=["record_type", "record_id"], name="mail_letter_record"),
        ]

    def __str__(self) -> str:
        return self.subject

    def owners(self) -> tuple[int | None, ...]:
        return (self.by_id,)
