"""Whether a person typed the amount of a deal."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0002_source'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='amount_by_hand',
            field=models.BooleanField(default=False, null=True),
        ),
    ]
