"""Tables of files."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from potok.disk import rules


class File(models.Model):
    """A name for some bytes. Who may see what the file hangs on may see the file; a loose one only its owner."""

    objects: ClassVar[models.Manager["File"]]
    name = models.TextField()
    size_bytes = models.BigIntegerField()
    type = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    hangs_kind = models.TextField(default="")
    hangs_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hangs_kind", "hangs_id"], name="disk_file_hangs")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_loose(self) -> bool:
        return not self.hangs_kind

    @property
    def url(self) -> str:
        """Where it is downloaded from."""
        return f"/files/{self.pk}"

    @property
    def inline_url(self) -> str:
        """Where a browser may show it in place; nothing if it may not."""
        return f"{self.url}?inline=1" if self.type in rules.SHOWN_INLINE else ""

    def owners(self) -> tuple[int | None, ...]:
        return (self.created_by_id,)


def refused_at_first() -> list[str]:
    return list(rules.HARMFUL)


class Limits(models.Model):
    """One row: what an administrator lets in."""

    objects: ClassVar[models.Manager["Limits"]]
    megabytes_max = models.IntegerField(default=100)
    refused_endings = ArrayField(models.TextField(), default=refused_at_first)

    @property
    def size_bytes_max(self) -> int:
        return self.megabytes_max * 1024 * 1024
