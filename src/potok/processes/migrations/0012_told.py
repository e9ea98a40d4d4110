"""The journal keeps what an instance was told, so that its life can be lived again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0011_shared_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="journal",
            name="told",
            field=models.TextField(db_default=""),
        ),
    ]
