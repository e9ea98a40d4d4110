"""Dictionaries that the customer keeps."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dictionary', models.TextField()),
                ('code', models.TextField()),
                ('title', models.TextField(default='')),
                ('order', models.IntegerField(null=True)),
                ('removed', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'records_dictionary_entry',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('dictionary', 'code'), name='records_dictionary_entry_once')],
            },
        ),
    ]
