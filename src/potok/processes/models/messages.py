"""Messages that were sent under a key, so that the same one sent twice is told once."""

from typing import ClassVar

from django.db import models


class Message(models.Model):
    """A message that came under a key; `woken` is how many instances heard it."""

    objects: ClassVar[models.Manager["Message"]]
    key = models.TextField(unique=True)
    name = models.TextField()
    woken = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="processes_message_at")]
