"""Who was invited, and what became of it."""

from typing import ClassVar

from django.db import models

from .people import Person


class Invitation(models.Model):
    """A letter with a link, with which a person sets his first password. The link itself is kept nowhere."""

    objects: ClassVar[models.Manager["Invitation"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="people_invitation_open_once",
            ),
        ]
