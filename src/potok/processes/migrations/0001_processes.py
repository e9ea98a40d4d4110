"""The tables of the process shell (engine.md §3): states update in place, queues are vacuumed often, months dropped whole."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

JOURNAL = """
CREATE TABLE processes_journal (instance_id bigint NOT NULL, number integer NOT NULL, at timestamptz NOT NULL,
    entries text NOT NULL, PRIMARY KEY (instance_id, number, at)) PARTITION BY RANGE (at);
CREATE TABLE processes_journal_default PARTITION OF processes_journal DEFAULT;
"""
# Room in the page for the new row beside the old one, so that no index is touched; queues leave dead rows behind fast.
STORAGE = """
ALTER TABLE processes_instance SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE processes_variables SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE processes_assignment SET (fillfactor = 80);
ALTER TABLE processes_ready SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0);
ALTER TABLE processes_inbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0);
ALTER TABLE processes_timer SET (autovacuum_vacuum_scale_factor = 0.01);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField(unique=True)),
                ('title', models.TextField()),
                ('record_type', models.TextField(blank=True)),
                ('is_active', models.BooleanField(default=True)),
                ('draft', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Instance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parent_token', models.IntegerField(null=True)),
                ('record_type', models.TextField(blank=True)),
                ('record_id', models.BigIntegerField(null=True)),
                ('cause', models.JSONField(default=dict)),
                ('depth', models.IntegerField(default=0)),
                ('status', models.SmallIntegerField(choices=[(0, 'Running'), (1, 'Waiting'), (2, 'Stuck'), (3, 'Completed'), (4, 'Terminated'), (5, 'Queued')], default=0)),
                ('state', models.BinaryField(default=b'')),
                ('status_text', models.TextField(blank=True)),
                ('lines', models.IntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('suspended_at', models.DateTimeField(null=True)),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.definition')),
                ('initiator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.instance')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(JOURNAL, "DROP TABLE processes_journal")],
            state_operations=[
                migrations.CreateModel(
                    name='Journal',
                    fields=[
                        ('pk', models.CompositePrimaryKey('instance_id', 'number', 'at', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('instance_id', models.BigIntegerField()),
                        ('number', models.IntegerField()),
                        ('at', models.DateTimeField()),
                        ('entries', models.TextField()),
                    ],
                    options={
                        'ordering': ['instance_id', 'number'],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='Inbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instance_id', models.BigIntegerField()),
                ('kind', models.TextField()),
                ('token', models.IntegerField(default=0)),
                ('payload', models.TextField(default='{}')),
            ],
            options={
                'indexes': [models.Index(fields=['instance_id', 'id'], name='processes_inbox_instance')],
            },
        ),
        migrations.CreateModel(
            name='Variables',
            fields=[
                ('instance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='variables', serialize=False, to='processes.instance')),
                ('data', models.BinaryField(default=b'{}')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.IntegerField()),
                ('node', models.TextField()),
                ('kind', models.TextField()),
                ('title', models.TextField()),
                ('description', models.TextField(blank=True)),
                ('form', models.JSONField(default=dict)),
                ('each_answers', models.BooleanField(default=False)),
                ('record_type', models.TextField(blank=True)),
                ('record_id', models.BigIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('status', models.TextField(default='open')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('instance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='processes.instance')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Ready',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instance_id', models.BigIntegerField()),
                ('due', models.DateTimeField()),
                ('attempts', models.SmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['due', 'id'], name='processes_ready_due'), models.Index(fields=['instance_id'], name='processes_ready_instance')],
            },
        ),
        migrations.CreateModel(
            name='StartLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField(blank=True)),
                ('record_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('outcome', models.TextField()),
                ('trigger', models.JSONField(default=dict)),
                ('by_id', models.BigIntegerField(null=True)),
                ('fields', models.JSONField(default=dict)),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='processes.definition')),
                ('instance', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='processes.instance')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('pk', models.CompositePrimaryKey('instance_id', 'token', blank=True, editable=False, primary_key=True, serialize=False)),
                ('instance_id', models.BigIntegerField()),
                ('token', models.IntegerField()),
                ('event', models.TextField()),
                ('key', models.TextField()),
                ('where', models.JSONField(default=dict)),
                ('watches', models.JSONField(default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'key'], name='processes_subscription_key')],
            },
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('pk', models.CompositePrimaryKey('instance_id', 'token', blank=True, editable=False, primary_key=True, serialize=False)),
                ('instance_id', models.BigIntegerField()),
                ('token', models.IntegerField()),
                ('due', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['due'], name='processes_timer_due')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('digest', models.BinaryField(max_length=16)),
                ('source', models.TextField()),
                ('graph', models.BinaryField()),
                ('published_at', models.DateTimeField()),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='processes.definition')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['definition', '-number'],
            },
        ),
        migrations.AddField(
            model_name='instance',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.version'),
        ),
        migrations.AddField(
            model_name='definition',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.version'),
        ),
        migrations.CreateModel(
            name='Assignee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.TextField(default='open')),
                ('answer', models.TextField(blank=True)),
                ('values', models.JSONField(default=dict)),
                ('comment', models.TextField(blank=True)),
                ('key', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('delegated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignees', to='processes.assignment')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('assignment', 'person'), name='processes_assignee_once')],
            },
        ),
        migrations.CreateModel(
            name='Constant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('value', models.JSONField(null=True)),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='constants', to='processes.definition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('definition', 'name'), name='processes_constant_name')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed', models.JSONField(default=dict)),
                ('kept_at', models.DateTimeField()),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='processes.assignment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assignment', 'person'), name='processes_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.IntegerField(null=True)),
                ('node', models.TextField(blank=True)),
                ('code', models.TextField()),
                ('fields', models.JSONField(default=dict)),
                ('sentence', models.TextField(blank=True)),
                ('record_type', models.TextField(blank=True)),
                ('record_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('resolution', models.TextField(blank=True)),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='processes.definition')),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('instance', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='processes.instance')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('resolved_at', None)), fields=['instance'], name='processes_incident_open')],
            },
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['record_type', 'record_id'], name='processes_assignment_record'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['opened_at'], name='processes_assignment_open'),
        ),
        migrations.AddIndex(
            model_name='startlog',
            index=models.Index(fields=['record_type', 'record_id', 'at'], name='processes_startlog_record'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('definition', 'number'), name='processes_version_number'),
        ),
        migrations.AddIndex(
            model_name='instance',
            index=models.Index(fields=['record_type', 'record_id', 'definition'], name='processes_instance_record'),
        ),
        migrations.AddIndex(
            model_name='instance',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['-id'], name='processes_instance_live'),
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
    ]
