"""The tables of notify: what people are told, what waits for them."""

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
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(default='')),
                ('text', models.TextField()),
                ('why', models.TextField(default='')),
                ('url', models.TextField(default='')),
                ('record_type', models.TextField(default='')),
                ('record_id', models.BigIntegerField(null=True)),
                ('sent_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(models.F('to'), models.OrderBy(models.F('sent_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='notify_notice_list'), models.Index(condition=models.Q(('seen_at', None)), fields=['to'], name='notify_notice_unseen')],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('kind', models.TextField()),
                ('title', models.TextField()),
                ('subtitle', models.TextField(default='')),
                ('url', models.TextField(default='')),
                ('record_type', models.TextField(default='')),
                ('record_id', models.BigIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['person', 'kind'], name='notify_waiting_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('key', 'person'), name='notify_waiting_once')],
            },
        ),
    ]
