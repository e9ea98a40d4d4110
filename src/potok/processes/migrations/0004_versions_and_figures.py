"""Versions that nobody can change, running instances on their way to another, what is counted; and the journal, where a
line now lies in the partition of the month in which it may be dropped."""

import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE FUNCTION processes_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER processes_version_frozen BEFORE UPDATE ON processes_version
    FOR EACH ROW EXECUTE FUNCTION processes_version_is_frozen();
"""
THAWED = """
DROP TRIGGER processes_version_frozen ON processes_version;
DROP FUNCTION processes_version_is_frozen();
"""
# What has no day of its own is kept for ever; the default partition takes what is wound beyond the months made ahead.
JOURNAL = """
ALTER TABLE processes_journal RENAME TO processes_journal_by_month;
ALTER TABLE processes_journal_default RENAME TO processes_journal_by_month_default;
CREATE TABLE processes_journal (instance_id bigint NOT NULL, number integer NOT NULL, at timestamptz NOT NULL,
    entries text NOT NULL, until date NOT NULL DEFAULT '9999-12-31',
    CONSTRAINT processes_journal_line PRIMARY KEY (instance_id, number, at, until)) PARTITION BY RANGE (until);
CREATE TABLE processes_journal_kept PARTITION OF processes_journal FOR VALUES FROM ('9999-12-31') TO (MAXVALUE);
CREATE TABLE processes_journal_default PARTITION OF processes_journal DEFAULT;
INSERT INTO processes_journal (instance_id, number, at, entries)
    SELECT instance_id, number, at, entries FROM processes_journal_by_month;
DROP TABLE processes_journal_by_month;
"""
STORAGE = """
ALTER TABLE processes_visit SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0003_starts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="definition",
            name="instance_months",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="definition",
            name="journal_months",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="instance",
            name="suspended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Migration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="migrations",
                        to="processes.definition",
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="processes.version"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="processes.version"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ways_back",
                        to="processes.migration",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Migrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instance_id", models.BigIntegerField()),
                ("outcome", models.SmallIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("at", models.DateTimeField(null=True)),
                (
                    "migration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="migrants", to="processes.migration"
                    ),
                ),
            ],
            options={
                "ordering": ["instance_id"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version_id", models.BigIntegerField()),
                ("node", models.IntegerField()),
                ("day", models.DateField()),
                ("passed", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["version_id", "day"], name="processes_tally_version")],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "instance_id", "token", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("instance_id", models.BigIntegerField()),
                ("token", models.IntegerField()),
                ("version_id", models.BigIntegerField()),
                ("node", models.IntegerField()),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("worked_seconds", models.IntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["version_id", "node"],
                        include=("begun_at",),
                        name="processes_visit_open",
                    ),
                    models.Index(
                        condition=models.Q(("worked_seconds__isnull", False)),
                        fields=["version_id", "ended_at"],
                        include=("node", "worked_seconds"),
                        name="processes_visit_done",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False), ("worked_seconds", None)),
                        fields=["ended_at"],
                        name="processes_visit_unreckoned",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="migration",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["id"], name="processes_migration_open"),
        ),
        migrations.AddIndex(
            model_name="migrant",
            index=models.Index(fields=["migration", "outcome"], name="processes_migrant_outcome"),
        ),
        migrations.AddConstraint(
            model_name="migrant",
            constraint=models.UniqueConstraint(fields=("migration", "instance_id"), name="processes_migrant_once"),
        ),
        migrations.RunSQL(FROZEN, THAWED),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(JOURNAL, migrations.RunSQL.noop)],
            state_operations=[
                migrations.AddField(
                    model_name="journal", name="until", field=models.DateField(default=dt.date(9999, 12, 31))
                )
            ],
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
    ]
