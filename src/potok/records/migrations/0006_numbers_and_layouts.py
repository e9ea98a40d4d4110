"""Counters of numbered fields, and how administrators have laid types out."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_bulk_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField()),
                ('field', models.TextField()),
                ('period', models.TextField()),
                ('value', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record_type', 'field', 'period'), name='records_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Layout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField(unique=True)),
                ('columns', models.JSONField(default=list)),
                ('card', models.JSONField(default=list)),
            ],
        ),
    ]
