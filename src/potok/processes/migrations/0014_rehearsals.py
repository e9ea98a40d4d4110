"""Rehearsals in the background, migrations that were stopped, and where each instance stood and stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0013_duty")]

    operations = [
        migrations.AddField("migration", "is_trial", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("migration", "cancelled_at", models.DateTimeField(null=True)),
        migrations.AddField("migrant", "before", models.JSONField(default=list, db_default=[])),
        migrations.AddField("migrant", "after", models.JSONField(default=list, db_default=[])),
    ]
