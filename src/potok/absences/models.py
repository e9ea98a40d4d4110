"""What was passed over while its owner is away, and to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Passed(models.Model):
    """One thing that lies with somebody else while its owner is away.

    It is open until it is given back, or is known to be finished. Whose it is, stands here and nowhere else: it may go
    through several hands meanwhile.
    """

    objects: ClassVar[models.Manager["Passed"]]
    # Which kind of work it is, and which thing: see `potok.people.standing_in`.
    work = models.TextField()
    thing = models.BigIntegerField()
    title = models.TextField()
    url = models.TextField(default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    passed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # The owner took it back while he was away: it is not passed over again.
    is_kept = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "passed_at"], name="absences_passed_owner"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "thing"], name="absences_passed_once", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return self.title
