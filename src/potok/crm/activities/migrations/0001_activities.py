"""Activities."""

import django.contrib.postgres.indexes
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
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('kind', models.TextField(default='call')),
                ('direction', models.TextField(default='')),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('text', models.TextField(default='')),
                ('result', models.TextField(default='')),
                ('about', models.JSONField(default=list)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='activities_activity_responsible'), models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='activities_activity_sort'), django.contrib.postgres.indexes.GinIndex(fields=['props'], name='activities_activity_props', opclasses=['jsonb_path_ops']), django.contrib.postgres.indexes.GinIndex(fields=['about'], name='activities_activity_about', opclasses=['jsonb_path_ops']), models.Index(condition=models.Q(('done_at', None), ('removed_at', None)), fields=['responsible', 'starts_at'], name='activities_activity_planned')],
            },
        ),
    ]
