"""Addresses that others read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("caldav", "0001_devices")]

    operations = [migrations.AddField("device", "reads", models.TextField(default=""))]
