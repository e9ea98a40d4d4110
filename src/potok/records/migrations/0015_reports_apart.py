"""A report may keep amounts of several currencies apart."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0014_importline_candidates")]
    operations: ClassVar = [
        migrations.AddField("report", "apart", models.BooleanField(default=False)),
    ]
