from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_shorter_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='remind_minutes',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='reminds_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('reminds_at', None), _negated=True), fields=['reminds_at'], name='activities_reminds'),
        ),
    ]
