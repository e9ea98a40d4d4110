import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0001_leads'),
    ]

    operations = [
        migrations.AddField(
            model_name='lead',
            name='observers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='lead',
            name='tags',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=django.contrib.postgres.indexes.GinIndex(fields=['observers'], name='leads_lead_observers', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='leads_lead_tags', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('tags', []), _negated=True), fields=['-id'], name='leads_lead_tagged'),
        ),
    ]
