"""The tables of people, and the view of who works where."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Who works in which department; a head counts as one of his department. `gate.py` and `access.py` read it.
WORKS_IN = """
CREATE VIEW people_works_in AS
    SELECT m.person_id, d.id AS department_id, d.path
    FROM people_membership m JOIN people_department d ON d.id = m.department_id
    UNION
    SELECT d.head_id, d.id, d.path FROM people_department d WHERE d.head_id IS NOT NULL;
"""
# Who has which role: by himself, by a group, or by a department at or above his own.
HELD = """
CREATE VIEW people_held AS
    SELECT h.role_id, h.person_id FROM people_roleholder h WHERE h.person_id IS NOT NULL
    UNION ALL
    SELECT h.role_id, m.person_id FROM people_roleholder h JOIN people_group_people m ON m.group_id = h.group_id
    UNION ALL
    SELECT h.role_id, w.person_id FROM people_roleholder h JOIN people_department d ON d.id = h.department_id
    JOIN people_works_in w ON starts_with(w.path, d.path);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('level', models.FloatField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.TextField(unique=True)),
                ('name', models.TextField(blank=True, default='')),
                ('patronymic', models.TextField(blank=True, default='')),
                ('surname', models.TextField(blank=True, default='')),
                ('position', models.TextField(blank=True, default='')),
                ('photo', models.TextField(blank=True, default='')),
                ('zone', models.TextField(default='Europe/Moscow')),
                ('language', models.TextField(default='ru')),
                ('theme', models.TextField(default='system')),
                ('density', models.TextField(default='normal')),
                ('is_active', models.BooleanField(default=True)),
                ('is_external', models.BooleanField(default=False)),
                ('is_administrator', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField()),
                ('sort_key', models.TextField(db_collation='C', default='')),
            ],
            options={
                'indexes': [models.Index(fields=['sort_key'], name='people_person_sort')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('path', models.TextField(db_collation='C', default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.department')),
            ],
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
                ('people', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.department')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('permission', models.TextField()),
                ('extent', models.SmallIntegerField(choices=[(1, 'OWN'), (2, 'DEPARTMENT'), (3, 'SUBTREE'), (4, 'ALL')])),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='people.role')),
            ],
        ),
        migrations.CreateModel(
            name='RoleHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.department')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.group')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holders', to='people.role')),
            ],
        ),
        migrations.AddIndex(
            model_name='department',
            index=models.Index(fields=['path'], name='people_department_path'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'department'), name='people_membership_once'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(fields=('role', 'permission'), name='people_grant_once'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('extent__gte', 1), ('extent__lte', 4)), name='people_grant_extent'),
        ),
        migrations.AddConstraint(
            model_name='roleholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('department', None), ('group', None), ('person__isnull', False)), models.Q(('department__isnull', False), ('group', None), ('person', None)), models.Q(('department', None), ('group__isnull', False), ('person', None)), _connector='OR'), name='people_roleholder_one'),
        ),
        migrations.AddConstraint(
            model_name='roleholder',
            constraint=models.UniqueConstraint(models.F('role'), models.F('person'), models.F('department'), models.F('group'), name='people_roleholder_once', nulls_distinct=False),
        ),
        migrations.RunSQL(WORKS_IN, "DROP VIEW people_works_in"),
        migrations.RunSQL(HELD, "DROP VIEW people_held"),
        # Attempts are written at every sign-in and are worth nothing after a crash.
        migrations.RunSQL("ALTER TABLE people_bucket SET UNLOGGED", migrations.RunSQL.noop),
    ]
