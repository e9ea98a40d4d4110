"""By phone and by mail a caller is found among a million."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_clients'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['phone'], name='clients_company_phone', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['email'], name='clients_company_email', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['phone'], name='clients_contact_phone', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['email'], name='clients_contact_email', opclasses=['jsonb_path_ops']),
        ),
    ]
