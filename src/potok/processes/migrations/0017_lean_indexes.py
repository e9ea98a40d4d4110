"""Indexes that weigh less beside a million instances that sleep."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Index, Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0016_notes_and_kept_blocks")]
    operations: ClassVar = [
        migrations.RemoveIndex("instance", "processes_instance_live"),
        migrations.RemoveIndex("visit", "processes_visit_open"),
        migrations.AlterField(
            "instance",
            "parent",
            models.ForeignKey(
                "processes.instance", django.db.models.deletion.PROTECT, null=True, related_name="+", db_index=False
            ),
        ),
        migrations.AlterField(
            "instance",
            "suspended_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, related_name="+", db_index=False
            ),
        ),
        migrations.AddIndex(
            "instance", Index(fields=["id"], name="processes_instance_alive", condition=Q(ended_at=None))
        ),
        migrations.AddIndex(
            "instance",
            Index(fields=["parent"], name="processes_instance_children", condition=Q(parent__isnull=False)),
        ),
        migrations.AddIndex(
            "instance",
            Index(fields=["suspended_by"], name="processes_instance_held", condition=Q(suspended_by__isnull=False)),
        ),
        migrations.AddIndex(
            "visit",
            Index(fields=["version_id", "node"], name="processes_visit_here", condition=Q(ended_at=None)),
        ),
    ]
