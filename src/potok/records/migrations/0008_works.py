"""Imports and changes of many records share what works have in common; rows of an import may wait for an answer."""

from typing import ClassVar

from django.db import migrations, models

BUSY = ["checking", "running", "undoing"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0007_reports")]

    operations: ClassVar = [
        migrations.AlterField("import", "place", models.BigIntegerField(default=0)),
        migrations.AddField("importline", "answer", models.TextField(default="", db_default="")),
        migrations.RemoveIndex("bulkchange", "records_bulk_busy"),
        migrations.AddIndex(
            "bulkchange",
            models.Index(fields=["id"], name="records_bulk_busy", condition=models.Q(state__in=BUSY)),
        ),
    ]
