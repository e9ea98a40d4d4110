"""Blocks that a person keeps to draw with them again, filled in as they were."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class KeptBlock(models.Model):
    """One of «my blocks»: steps as they stand in the text of a definition."""

    objects: ClassVar[models.Manager["KeptBlock"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.TextField()
    steps = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "title"], name="processes_kept_block_title"),
        ]

    def __str__(self) -> str:
        return self.title
