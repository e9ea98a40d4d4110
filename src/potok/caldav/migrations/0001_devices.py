"""Devices, names and snapshots of CalDAV."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _person():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
    )


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", _id()),
                ("title", models.TextField()),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("person", _person()),
            ],
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", _id()),
                ("kind", models.TextField()),
                ("thing", models.BigIntegerField()),
                ("name", models.TextField()),
                ("uid", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "name"], name="caldav_name_name"),
                    models.Index(fields=["kind", "uid"], name="caldav_name_uid"),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "thing"), name="caldav_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", _id()),
                ("collection", models.TextField()),
                ("token", models.TextField()),
                ("members", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("person", _person()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "collection", "token"), name="caldav_snapshot_once")
                ],
            },
        ),
    ]
