"""Absences are asked for and decided about; who stands in for whom. Those there were count as approved.

What was over when this came is marked as ended: nothing is passed over for it any more.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CLOSE = """UPDATE people_absence SET began_at = begins_at, ended_at = ends_at WHERE ends_at <= now()"""
PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [("people", "0004_called")]

    operations = [
        migrations.AddField("absence", "whereabouts", models.TextField(default="")),
        migrations.AddField("absence", "status", models.TextField(default="approved")),
        migrations.AddField(
            "absence",
            "deputy",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=PERSON),
        ),
        migrations.AddField(
            "absence",
            "decided_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=PERSON),
        ),
        migrations.AddField("absence", "comment", models.TextField(default="")),
        migrations.AddField("absence", "began_at", models.DateTimeField(null=True)),
        migrations.AddField("absence", "ended_at", models.DateTimeField(null=True)),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "absence",
            models.CheckConstraint(
                condition=models.Q(("status__in", ["asked", "approved", "declined"])), name="people_absence_status"
            ),
        ),
        migrations.AddIndex(
            "absence",
            models.Index(condition=models.Q(("ended_at", None)), fields=["begins_at"], name="people_absence_open"),
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.SmallIntegerField()),
                (
                    "deputy",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=PERSON),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=PERSON),
                ),
            ],
            options={
                "ordering": ["person", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "deputy"), name="people_deputy_once"),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True), name="people_deputy_another"
                    ),
                ],
            },
        ),
    ]
