"""What was passed over while its owner is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0005_standing_in")]

    operations = [
        migrations.CreateModel(
            name="Passed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.TextField()),
                ("thing", models.BigIntegerField()),
                ("title", models.TextField()),
                ("url", models.TextField(default="")),
                ("passed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("is_kept", models.BooleanField(default=False)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "passed_at"], name="absences_passed_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("work", "thing"), name="absences_passed_once"
                    )
                ],
            },
        ),
    ]
