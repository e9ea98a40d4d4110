from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0011_widths'),
    ]

    operations = [
        migrations.AddField(
            model_name='share',
            name='observes',
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveConstraint(
            model_name='share',
            name='records_share_once',
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('record_type', 'holder', 'record_id', 'observes'), name='records_share_once'),
        ),
    ]
