"""Duplicates."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('object', models.BigIntegerField()),
                ('sort', models.TextField()),
                ('value', models.TextField(db_collation='C')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['value', 'sort', 'kind'], name='duplicates_key_value'),
                    models.Index(fields=['kind', 'object'], name='duplicates_key_of'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Fresh',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('object', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('one', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('score', models.IntegerField(default=0)),
                ('state', models.TextField(default='suspected')),
                ('found_at', models.DateTimeField()),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'suspected')), fields=['-score', '-id'], name='duplicates_pair_open'),
                ],
                'constraints': [models.UniqueConstraint(fields=('kind', 'one', 'other'), name='duplicates_pair_once')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('kept', models.BigIntegerField()),
                ('lost', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('at', models.DateTimeField()),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('moved', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'kept'], name='duplicates_merge_kept')],
            },
        ),
    ]
