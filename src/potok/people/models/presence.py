"""Who was here, and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """When a person was last seen, to the minute."""

    objects: ClassVar[models.Manager["Presence"]]
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField()
