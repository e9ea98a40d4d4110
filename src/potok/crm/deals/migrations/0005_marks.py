import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0004_stage_worth'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='observers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='deal',
            name='tags',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=django.contrib.postgres.indexes.GinIndex(fields=['observers'], name='deals_deal_observers', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='deals_deal_tags', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(condition=models.Q(('tags', []), _negated=True), fields=['-id'], name='deals_deal_tagged'),
        ),
    ]
