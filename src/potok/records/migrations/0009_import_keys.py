"""The first row of a file under a key is found by a plain index, which is written once."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0008_works")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ImportKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(db_collation="C")),
                ("number", models.IntegerField()),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.import",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "importkey", models.UniqueConstraint(fields=["of", "key"], name="records_import_key_once")
        ),
        migrations.RemoveIndex("importline", "records_import_line_keys"),
        migrations.RemoveField("importline", "keys"),
    ]
