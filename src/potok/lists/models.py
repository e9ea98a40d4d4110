"""Record types that the customer designs, and one table for the records of all of them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from potok.records.public import Pipeline, Record, Stage

KEPT = Q(removed_at=None)


class Design(models.Model):
    """A record type: what it is called and whether it has stages. Its fields are custom fields of its name."""

    objects: ClassVar[models.Manager["Design"]]
    code = models.TextField(unique=True)
    singular = models.TextField()
    plural = models.TextField()
    icon = models.TextField(default="list")
    pipeline = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    # When all of its records were written into a file: what has been taken out may be removed.
    exported_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["plural", "id"]

    def __str__(self) -> str:
        return self.plural

    @property
    def name(self) -> str:
        """The name of the record type."""
        return f"lists.{self.code}"


class Item(Record):
    """A record of a designed type. Its values lie in `props`."""

    record_type = models.TextField()  # here every row says what it is
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="+", null=True)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_type", "-id"], name="lists_item_newest", condition=KEPT),
            models.Index(fields=["record_type", "responsible", "-id"], name="lists_item_responsible", condition=KEPT),
            models.Index(fields=["record_type", "sort_key"], name="lists_item_sort", condition=KEPT),
            models.Index(fields=["stage", "-id"], name="lists_item_stage", condition=KEPT),
            models.Index(fields=["record_type", "removed_at"], name="lists_item_trash", condition=~KEPT),
            GinIndex(fields=["props"], name="lists_item_props", opclasses=["jsonb_path_ops"]),
        ]
