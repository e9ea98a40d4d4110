"""Values that all definitions share."""

from typing import ClassVar

from django.db import models


class Shared(models.Model):
    """A global variable, which processes may set, or a global constant, which only administrators set."""

    VARIABLE, CONSTANT = "GlobalVar", "GlobalConst"

    objects: ClassVar[models.Manager["Shared"]]
    source = models.TextField()
    name = models.TextField()
    title = models.TextField(blank=True)
    kind = models.TextField()
    multiple = models.BooleanField(default=False)
    of = models.TextField(blank=True)
    value = models.JSONField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["source", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "name"], name="processes_shared_name"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def owners(self) -> tuple[int | None, ...]:
        """Nobody owns what all share: the permission has to reach all."""
        return ()
