"""Comments that stand above the feed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0012_observing_shares")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="comment",
            name="pinned",
            field=models.BooleanField(default=False),
        ),
    ]
