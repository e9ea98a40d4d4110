"""Days that were worked."""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('absences', '0001_passed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Workday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused', models.DurationField(default=datetime.timedelta)),
                ('note', models.TextField(default='')),
                ('corrections', models.JSONField(default=list)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'day'), name='absences_workday_once'), models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('person',), name='absences_workday_open'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('begins_at')), _connector='OR'), name='absences_workday_ends')],
            },
        ),
    ]
