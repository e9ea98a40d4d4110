"""Inbound web-hooks: a secret address that acts with one person's rights, within its scopes."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from potok.people.public import Person


class WebHook(models.Model):
    """The secret itself is shown once and kept only as a digest."""

    objects: ClassVar[models.Manager["WebHook"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    title = models.TextField(default="")
    digest = models.BinaryField(unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rest_webhook"
