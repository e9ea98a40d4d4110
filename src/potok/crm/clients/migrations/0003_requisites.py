"""Companies get requisites."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0002_reach'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='account',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='bank',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='bank_account',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='bic',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='inn',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='kpp',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='legal_address',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='legal_name',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='company',
            name='ogrn',
            field=models.TextField(default=''),
        ),
    ]
