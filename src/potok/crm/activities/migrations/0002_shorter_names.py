"""Names of indexes are at most thirty letters long."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0001_activities'),
    ]

    operations = [
        migrations.RenameIndex(model_name='activity', old_name=f'activities_activity_{name}', new_name=f'activities_{name}')
        for name in ('responsible', 'sort', 'props', 'about', 'planned')
    ]
