"""Trials that were kept: what a definition promises to do in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Case(models.Model):
    """One trial of a definition: its script, and what came of it when it was kept (`Told.promise`)."""

    objects: ClassVar[models.Manager["Case"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="cases")
    title = models.TextField()
    script = models.JSONField(default=dict)
    promise = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["definition", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "title"], name="processes_case_title"),
        ]

    def __str__(self) -> str:
        return self.title
