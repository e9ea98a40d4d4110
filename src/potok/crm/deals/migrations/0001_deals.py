"""Deals."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_clients'),
        ('records', '0001_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('currency', models.TextField(default='RUB')),
                ('close_on', models.DateField(null=True)),
                ('comment', models.TextField(default='')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.company')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.contact')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pipeline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.pipeline')),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.stage')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='deals_deal_responsible'), models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='deals_deal_sort'), django.contrib.postgres.indexes.GinIndex(fields=['props'], name='deals_deal_props', opclasses=['jsonb_path_ops']), models.Index(condition=models.Q(('removed_at', None)), fields=['stage', '-id'], name='deals_deal_stage'), models.Index(fields=['company'], name='deals_deal_company'), models.Index(fields=['contact'], name='deals_deal_contact')],
            },
        ),
    ]
