"""Designs of record types, and the one table of their records."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Design',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField(unique=True)),
                ('singular', models.TextField()),
                ('plural', models.TextField()),
                ('icon', models.TextField(default='list')),
                ('pipeline', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(null=True)),
                ('exported_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['plural', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('record_type', models.TextField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pipeline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.pipeline')),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.stage')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['record_type', '-id'], name='lists_item_newest'), models.Index(condition=models.Q(('removed_at', None)), fields=['record_type', 'responsible', '-id'], name='lists_item_responsible'), models.Index(condition=models.Q(('removed_at', None)), fields=['record_type', 'sort_key'], name='lists_item_sort'), models.Index(condition=models.Q(('removed_at', None)), fields=['stage', '-id'], name='lists_item_stage'), django.contrib.postgres.indexes.GinIndex(fields=['props'], name='lists_item_props', opclasses=['jsonb_path_ops'])],
            },
        ),
    ]
