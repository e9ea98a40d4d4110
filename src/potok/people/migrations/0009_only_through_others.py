"""Whether only other ways than ours let people in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_second_factor'),
    ]

    operations = [
        migrations.AddField(
            model_name='signinrules',
            name='only_through_others',
            field=models.BooleanField(default=False),
        ),
    ]
