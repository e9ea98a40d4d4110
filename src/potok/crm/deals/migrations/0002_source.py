"""Where a deal came from, and why it was lost."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0001_deals'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='source',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='deal',
            name='lost_reason',
            field=models.TextField(default=''),
        ),
    ]
