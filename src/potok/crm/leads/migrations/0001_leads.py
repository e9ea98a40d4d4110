"""Leads, public forms, and what has come in."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0002_reach'),
        ('deals', '0002_source'),
        ('records', '0004_dictionaries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WebForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('secret', models.TextField(unique=True)),
                ('fields', models.JSONField(default=list)),
                ('greeting', models.TextField(default='')),
                ('consent', models.TextField(default='')),
                ('thanks', models.TextField(default='')),
                ('source', models.TextField(default='WEBFORM')),
                ('queue', models.JSONField(default=list)),
                ('turn', models.IntegerField(default=0)),
                ('is_open', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('source', models.TextField(default='')),
                ('lost_reason', models.TextField(default='')),
                ('surname', models.TextField(default='')),
                ('name', models.TextField(default='')),
                ('patronymic', models.TextField(default='')),
                ('position', models.TextField(default='')),
                ('company_title', models.TextField(default='')),
                ('phone', models.JSONField(default=list)),
                ('email', models.JSONField(default=list)),
                ('site', models.TextField(default='')),
                ('address', models.TextField(default='')),
                ('comment', models.TextField(default='')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('currency', models.TextField(default='RUB')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.company')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.contact')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deals.deal')),
                ('pipeline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.pipeline')),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.stage')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='leads_lead_responsible'), models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='leads_lead_sort'), django.contrib.postgres.indexes.GinIndex(fields=['props'], name='leads_lead_props', opclasses=['jsonb_path_ops']), models.Index(condition=models.Q(('removed_at', None)), fields=['stage', '-id'], name='leads_lead_stage'), models.Index(fields=['company'], name='leads_lead_company'), models.Index(fields=['contact'], name='leads_lead_contact'), models.Index(fields=['deal'], name='leads_lead_deal'), django.contrib.postgres.indexes.GinIndex(fields=['phone'], name='leads_lead_phone', opclasses=['jsonb_path_ops']), django.contrib.postgres.indexes.GinIndex(fields=['email'], name='leads_lead_email', opclasses=['jsonb_path_ops'])],
            },
        ),
        migrations.CreateModel(
            name='TakenIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(unique=True)),
                ('at', models.DateTimeField()),
                ('activity', models.BigIntegerField(null=True)),
                ('is_new', models.BooleanField(default=False)),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.company')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.contact')),
                ('deal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deals.deal')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.lead')),
            ],
        ),
    ]
