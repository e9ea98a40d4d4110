"""Changes of many records; views of teams, views that open by themselves, grouping."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_presence'),
        ('records', '0005_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='view',
            name='group',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='view',
            name='is_default',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='view',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.department'),
        ),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('act', models.TextField(default='change')),
                ('field', models.TextField(default='')),
                ('value', models.JSONField(null=True)),
                ('state', models.TextField(default='running')),
                ('total', models.IntegerField(default=0)),
                ('place', models.BigIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_id', models.BigIntegerField()),
                ('outcome', models.TextField(db_default='', default='')),
                ('before', models.JSONField(null=True)),
                ('sentence', models.TextField(db_default='', default='')),
                ('undone', models.TextField(db_default='', default='')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='records.bulkchange')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='bulkchange',
            index=models.Index(condition=models.Q(('state__in', ['running', 'undoing'])), fields=['id'], name='records_bulk_busy'),
        ),
        migrations.AddIndex(
            model_name='bulkline',
            index=models.Index(fields=['of', 'outcome', 'id'], name='records_bulk_line_outcome'),
        ),
    ]
