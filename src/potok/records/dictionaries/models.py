"""What administrators have done to dictionaries."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """An entry that was added, or what became of one that was declared: another name, another place, or gone."""

    objects: ClassVar[models.Manager["Entry"]]
    dictionary = models.TextField()
    code = models.TextField()
    # Empty where the declared name stands.
    title = models.TextField(default="")
    order = models.IntegerField(null=True)
    removed = models.BooleanField(default=False)

    class Meta:
        db_table = "records_dictionary_entry"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dictionary", "code"], name="records_dictionary_entry_once"),
        ]
