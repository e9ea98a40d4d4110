"""Global variables and constants."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0010_local_values")]

    operations = [
        migrations.CreateModel(
            name="Shared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.TextField()),
                ("name", models.TextField()),
                ("title", models.TextField(blank=True)),
                ("kind", models.TextField()),
                ("multiple", models.BooleanField(default=False)),
                ("of", models.TextField(blank=True)),
                ("value", models.JSONField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["source", "name"],
                "constraints": [models.UniqueConstraint(fields=("source", "name"), name="processes_shared_name")],
            },
        ),
    ]
