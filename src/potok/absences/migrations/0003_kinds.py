"""Kinds of absences are kept; days of leave are counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('absences', '0002_workdays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Kind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField(unique=True)),
                ('title', models.TextField(default='')),
                ('colour', models.IntegerField(default=1)),
                ('is_paid', models.BooleanField(default=True)),
                ('needs_approval', models.BooleanField(default=True)),
                ('days_a_year', models.IntegerField(null=True)),
                ('is_gone', models.BooleanField(default=False)),
                ('place', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('colour__in', [1, 2, 3, 4, 5, 6, 7, 8])), name='absences_kind_colour'), models.CheckConstraint(condition=models.Q(('days_a_year', None), ('days_a_year__range', (0, 366)), _connector='OR'), name='absences_kind_days')],
            },
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.IntegerField()),
                ('days', models.IntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='absences.kind')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'year'), name='absences_allowance_once'), models.CheckConstraint(condition=models.Q(('days__range', (0, 366))), name='absences_allowance_days')],
            },
        ),
    ]
