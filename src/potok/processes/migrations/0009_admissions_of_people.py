"""Runs are opened to people, each by name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0008_messages_and_commands")]

    operations = [
        migrations.RemoveConstraint(model_name="admission", name="processes_admission_once"),
        migrations.RemoveField(model_name="admission", name="code"),
        migrations.AddField(
            model_name="admission",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.UniqueConstraint(fields=["instance", "person"], name="processes_admission_person"),
        ),
    ]
