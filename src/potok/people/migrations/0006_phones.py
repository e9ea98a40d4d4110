"""Under which numbers people are called."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_standing_in")]

    operations = [
        migrations.AddField("person", "phone", models.TextField(blank=True, default="")),
        migrations.AddField("person", "inner_phone", models.TextField(blank=True, default="")),
    ]
