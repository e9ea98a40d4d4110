"""What the demo company brought, so that it can be taken away again."""

from typing import ClassVar

from django.db import models


class Loaded(models.Model):
    """One row while the demo company is here: its language, and the ids of its people."""

    objects: ClassVar[models.Manager["Loaded"]]
    language = models.TextField()
    people = models.JSONField(default=list)
