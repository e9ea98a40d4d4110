"""The tables of disk."""

import django.contrib.postgres.fields
import django.db.models.deletion
import potok.disk.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Limits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('megabytes_max', models.IntegerField(default=100)),
                ('refused_endings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=potok.disk.models.refused_at_first, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('size_bytes', models.BigIntegerField()),
                ('type', models.TextField()),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('created_at', models.DateTimeField()),
                ('hangs_kind', models.TextField(default='')),
                ('hangs_id', models.BigIntegerField(null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['hangs_kind', 'hangs_id'], name='disk_file_hangs')],
            },
        ),
    ]
