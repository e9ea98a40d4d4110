"""Who else vouches for people, and as whom each knows them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0009_only_through_others'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('title', models.TextField(unique=True)),
                ('is_on', models.BooleanField(default=False)),
                ('settings', models.JSONField(default=dict)),
                ('sealed', models.TextField(blank=True, default='')),
                ('domains', models.JSONField(default=list)),
                ('adds_people', models.BooleanField(default=False)),
                ('is_enough', models.BooleanField(default=False)),
                ('role', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.role')),
            ],
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField()),
                ('linked_at', models.DateTimeField()),
                ('used_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='providers.provider')),
            ],
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.TextField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('claim', models.JSONField(null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='providers.provider')),
            ],
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['oidc', 'ldap', 'saml'])), name='providers_provider_kind'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('provider', 'subject'), name='providers_identity_subject'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('provider', 'person'), name='providers_identity_person'),
        ),
    ]
