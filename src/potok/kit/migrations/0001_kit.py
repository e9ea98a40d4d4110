"""The kit's tables and the clock of the installation."""

import django.db.models.functions.datetime
from django.db import migrations, models

CLOCK = """
CREATE FUNCTION potok_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
$$ SELECT clock_timestamp() + coalesce((SELECT ahead FROM kit_clock WHERE id = 1), interval '0') $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ahead", models.DurationField()),
            ],
            options={"db_table": "kit_clock"},
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("cause", models.JSONField(default=dict)),
                ("depth", models.IntegerField(default=0)),
                ("payload", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "kit_event",
                "indexes": [models.Index(fields=["at"], name="kit_event_at")],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("payload", models.JSONField()),
                ("key", models.TextField(unique=True)),
                ("instance", models.BigIntegerField(null=True)),
                ("token", models.IntegerField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("sent_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("attempts", models.IntegerField(default=0)),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": "kit_outgoing",
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at", None), ("sent_at", None)),
                        fields=["made_at"],
                        name="kit_outgoing_open",
                    )
                ],
            },
        ),
        migrations.RunSQL(CLOCK, "DROP FUNCTION potok_now()"),
    ]
