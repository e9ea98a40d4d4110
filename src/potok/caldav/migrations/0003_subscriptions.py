"""Calendars of others, which are read now and then."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caldav', '0002_published'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField()),
                ('title', models.TextField(default='')),
                ('colour', models.IntegerField(default=1)),
                ('is_shared', models.BooleanField(default=False)),
                ('hidden_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('version', models.TextField(default='')),
                ('read_at', models.DateTimeField(null=True)),
                ('next_at', models.DateTimeField()),
                ('problem', models.TextField(default='')),
                ('failures', models.IntegerField(default=0)),
                ('passed_over', models.IntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Foreign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('text', models.TextField(default='')),
                ('place', models.TextField(default='')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('whole_day', models.BooleanField(default=False)),
                ('zone', models.TextField()),
                ('repeats', models.TextField(default='')),
                ('repeats_until', models.DateField(null=True)),
                ('skipped', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='caldav.subscription')),
            ],
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(fields=['next_at'], name='caldav_subscription_next'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('person', 'address'), name='caldav_subscription_once'),
        ),
        migrations.AddIndex(
            model_name='foreign',
            index=models.Index(fields=['subscription', 'begins_at'], name='caldav_foreign_begins'),
        ),
    ]
