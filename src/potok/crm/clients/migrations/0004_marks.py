import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0003_requisites'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='observers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='company',
            name='tags',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['observers'], name='clients_company_observers', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='company',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='clients_company_tags', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='company',
            index=models.Index(condition=models.Q(('tags', []), _negated=True), fields=['-id'], name='clients_company_tagged'),
        ),
        migrations.AddField(
            model_name='contact',
            name='observers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='contact',
            name='tags',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['observers'], name='clients_contact_observers', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='clients_contact_tags', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('tags', []), _negated=True), fields=['-id'], name='clients_contact_tagged'),
        ),
    ]
