"""Calendars of groups and of the company, with their types; one of a series may go otherwise."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def write_types(apps, schema_editor):
    """The types that come with the product."""
    types = (("user", "person"), ("group", "group"), ("company", "company"))
    of_calendars = apps.get_model("calendar", "CalendarType")
    of_calendars.objects.bulk_create(
        [of_calendars(code=code, whose=whose, place=place) for place, (code, whose) in enumerate(types)]
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_again_and_guests"), ("people", "0001_people")]

    operations = [
        migrations.CreateModel(
            name="CalendarType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("title", models.TextField(default="")),
                ("whose", models.TextField()),
                ("place", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("whose__in", ["person", "group", "company", "named"])),
                        name="calendar_type_whose",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField()),
                ("colour", models.IntegerField(default=1)),
                ("is_open", models.BooleanField(default=False)),
                (
                    "hidden_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.group"
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendars",
                        to="calendar.calendartype",
                    ),
                ),
            ],
            options={
                "db_table": "calendar_shared",
                "constraints": [
                    models.UniqueConstraint(
                        condition=~models.Q(("group", None)), fields=("group",), name="calendar_shared_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("colour__in", list(range(1, 9)))), name="calendar_shared_colour"
                    ),
                ],
            },
        ),
        migrations.AddField(
            "event",
            "calendar",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="calendar.calendar",
            ),
        ),
        migrations.AddField(
            "event",
            "series",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="apart", to="calendar.event"
            ),
        ),
        migrations.AddField("event", "series_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["calendar", "begins_at"],
                name="calendar_entry_calendar",
                condition=~models.Q(("calendar", None)),
            ),
        ),
        migrations.AddConstraint(
            "event", models.UniqueConstraint(fields=("series", "series_at"), name="calendar_entry_apart")
        ),
        migrations.RunPython(write_types, migrations.RunPython.noop),
    ]
