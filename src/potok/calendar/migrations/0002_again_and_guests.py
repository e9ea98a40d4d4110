"""Events come again, and others are invited to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_events"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("event", "repeats", models.TextField(default="")),
        migrations.AddField("event", "repeats_until", models.DateField(null=True)),
        migrations.AddField(
            "event",
            "skipped",
            django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.TextField(default="asked")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="calendar.event"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "calendar_guest",
                "indexes": [models.Index(fields=["person"], name="calendar_guest_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "person"), name="calendar_guest_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["asked", "accepted", "declined"])),
                        name="calendar_guest_answer",
                    ),
                ],
            },
        ),
    ]
