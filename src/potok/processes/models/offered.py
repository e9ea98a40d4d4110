"""Commands: buttons that instances offer to people."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Command(models.Model):
    """A button that a waiting step shows to some people. `people` are codes: whoever they name when it is pressed."""

    objects: ClassVar[models.Manager["Command"]]
    OPEN, GIVEN, WITHDRAWN = "open", "given", "withdrawn"

    instance = models.ForeignKey("Instance", models.CASCADE, related_name="commands", db_constraint=False)
    token = models.IntegerField()
    node = models.TextField()
    title = models.TextField()
    help = models.TextField(blank=True)
    people = models.JSONField(default=list)
    status = models.TextField(default=OPEN)
    offered_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["instance"], name="processes_command_open", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return self.title
