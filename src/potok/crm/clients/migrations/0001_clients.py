"""Companies and contacts."""

import django.contrib.postgres.indexes
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
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('phone', models.JSONField(default=list)),
                ('email', models.JSONField(default=list)),
                ('site', models.TextField(default='')),
                ('address', models.TextField(default='')),
                ('comment', models.TextField(default='')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('surname', models.TextField(default='')),
                ('name', models.TextField(default='')),
                ('patronymic', models.TextField(default='')),
                ('position', models.TextField(default='')),
                ('phone', models.JSONField(default=list)),
                ('email', models.JSONField(default=list)),
                ('comment', models.TextField(default='')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.company')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='company',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='clients_company_responsible'),
        ),
        migrations.AddIndex(
            model_name='company',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='clients_company_sort'),
        ),
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['props'], name='clients_company_props', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='clients_contact_responsible'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='clients_contact_sort'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['props'], name='clients_contact_props', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['company'], name='clients_contact_company'),
        ),
    ]
