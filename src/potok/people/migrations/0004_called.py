"""By which codes a person may be meant: what is shared with a department is shared with all below it."""

from django.db import migrations

CALLED = """
CREATE VIEW people_called AS
    SELECT p.id AS person_id, 'user_' || p.id AS code FROM people_person p
    UNION ALL
    SELECT m.person_id, 'group_g' || m.group_id FROM people_group_people m
    UNION ALL
    SELECT w.person_id, 'group_dr' || d.id FROM people_works_in w
    JOIN people_department d ON starts_with(w.path, d.path);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_presence")]

    operations = [migrations.RunSQL(CALLED, "DROP VIEW people_called")]
