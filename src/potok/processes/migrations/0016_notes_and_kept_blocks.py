"""What a version changes, in its author's words; and blocks that a person keeps."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("processes", "0015_changed_by"),
    ]

    operations = [
        migrations.AddField(model_name="version", name="note", field=models.TextField(blank=True, db_default="")),
        migrations.CreateModel(
            name="KeptBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField()),
                ("steps", models.JSONField()),
                ("kept_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "title"), name="processes_kept_block_title")
                ],
            },
        ),
    ]
