"""Workers on duty, and attempts that are counted before they are made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0012_told")]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("instance_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("count", models.SmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server_started_at", models.DateTimeField()),
            ],
        ),
    ]
