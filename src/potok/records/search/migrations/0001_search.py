"""The index of the search."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('object', models.BigIntegerField()),
                ('owner', models.BigIntegerField(null=True)),
                ('title', models.TextField()),
                ('key', models.TextField(db_collation='C')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['words'], name='search_entry_words'),
                    models.Index(fields=['key'], name='search_entry_key'),
                    models.Index(fields=['owner', '-at'], name='search_entry_owner'),
                    models.Index(fields=['-at'], name='search_entry_at'),
                ],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object'), name='search_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Unread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('sound', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['near'], name='search_word_near')],
            },
        ),
        migrations.CreateModel(
            name='Built',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.IntegerField()),
            ],
        ),
    ]
