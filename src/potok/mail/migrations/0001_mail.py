"""The tables of mail."""

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
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author_name', models.TextField(default='')),
                ('author_address', models.TextField()),
                ('reply_to', models.TextField(default='')),
                ('to', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('cc', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('subject', models.TextField()),
                ('text', models.TextField()),
                ('html', models.TextField(default='')),
                ('key', models.TextField(unique=True)),
                ('message_id', models.TextField()),
                ('record_type', models.TextField(default='')),
                ('record_id', models.BigIntegerField(null=True)),
                ('status', models.TextField(choices=[('on_its_way', 'On Its Way'), ('sent', 'Sent'), ('failed', 'Failed'), ('kept', 'Kept')], default='on_its_way')),
                ('problem', models.TextField(default='')),
                ('attempts', models.IntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('made_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='mail_letter_list'), models.Index(fields=['record_type', 'record_id'], name='mail_letter_record')],
            },
        ),
    ]
