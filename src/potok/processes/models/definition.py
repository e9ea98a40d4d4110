"""What is drawn, its frozen versions, and the constants an administrator keeps beside it."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models


class Definition(models.Model):
    """A process as people know it. `version` is the one that new instances follow; None until it is published."""

    objects: ClassVar[models.Manager["Definition"]]
    code = models.TextField(unique=True)
    title = models.TextField()
    record_type = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    # Text that is being written and was not published yet; empty when it is the published one.
    draft = models.TextField(blank=True)
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # How long lines of the journal, and instances that are over, are kept; None: for ever.
    journal_months = models.SmallIntegerField(null=True)
    instance_months = models.SmallIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """What is being written, else what is published."""
        return self.draft or (self.version.source if self.version else "")

    @property
    def revision(self) -> str:
        """Stands for the text: equal texts have equal revisions."""
        return hashlib.blake2b(self.source.encode(), digest_size=8).hexdigest()

    def owners(self) -> tuple[int | None, ...]:
        """Nobody owns a definition: the permission has to reach all."""
        return ()


class Version(models.Model):
    """A frozen definition. Immutable, by a trigger too; workers keep its graph by the digest."""

    objects: ClassVar[models.Manager["Version"]]
    definition = models.ForeignKey(Definition, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    digest = models.BinaryField(max_length=16)
    source = models.TextField()
    note = models.TextField(blank=True, db_default="")  # what is different, in the words of whoever published it
    graph = models.BinaryField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["definition", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "number"], name="processes_version_number"),
        ]


class Constant(models.Model):
    """A constant of a definition, when it differs from the default that the definition names."""

    objects: ClassVar[models.Manager["Constant"]]
    definition = models.ForeignKey(Definition, models.CASCADE, related_name="constants")
    name = models.TextField()
    value = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "name"], name="processes_constant_name"),
        ]
