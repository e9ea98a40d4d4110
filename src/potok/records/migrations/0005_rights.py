"""What roles leave out of the records they let see, and what is shown to people beside their roles."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_called'),
        ('records', '0004_dictionaries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField()),
                ('field', models.TextField(default='')),
                ('level', models.TextField()),
                ('pipeline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.pipeline')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.role')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record_type', 'role', 'field', 'pipeline'), name='records_limit_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('level__in', ['hidden', 'read_only'])), name='records_limit_level'), models.CheckConstraint(condition=models.Q(('field', ''), ('pipeline', None), _connector='XOR'), name='records_limit_one')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField()),
                ('record_id', models.BigIntegerField()),
                ('holder', models.TextField()),
                ('may_edit', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['record_type', 'record_id'], name='records_share_record')],
                'constraints': [models.UniqueConstraint(fields=('record_type', 'holder', 'record_id'), name='records_share_once')],
            },
        ),
    ]
