"""Exports of everything."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BUSY = ["checking", "running", "undoing"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("records", "0009_import_keys"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("state", models.TextField(default="running")),
                ("total", models.IntegerField(default=0)),
                ("place", models.BigIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("record_type", models.TextField(default="")),
                ("file", models.TextField(default="")),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["id"], name="records_export_busy", condition=models.Q(state__in=BUSY))
                ],
            },
        ),
    ]
