"""Takes the demo company away and leaves nothing of it.

While nobody but the demo's people works here, everything in the database is theirs, so everything goes. Once somebody
else is there, what is theirs and what is his cannot be told apart without loss, and removal is refused.
"""

from django.db import connection

from potok.demo.models import Loaded
from potok.kit.errors import refusal
from potok.kit.events import gathered
from potok.kit.words import _
from potok.people.public import Person

# Where the running worker has signed in, and what every new installation has.
KEPT = (
    "django_migrations", "django_content_type", "auth_permission", "procrastinate_workers",
    "absences_kind", "calendar_calendartype",
)  # fmt: skip
NOT_LOADED = refusal("demo.not_loaded", _("The demo company is not here."))
OTHERS = refusal(
    "demo.others",
    _("Other people work here beside the demo company: {people}. Nothing was removed; begin in a new data folder."),
)


def remove() -> None:
    """Empty every table of the product; refuse if others work here, or if there is nothing to remove."""
    with gathered():
        loaded = Loaded.objects.select_for_update().first()
        if loaded is None:
            raise NOT_LOADED()
        others = Person.objects.exclude(pk__in=loaded.people)
        if others.exists():
            raise OTHERS(people=", ".join(str(person) for person in others[:5]))
        with connection.cursor() as cursor:
            tables = sorted(set(connection.introspection.table_names(cursor)) - set(KEPT))
            quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
            cursor.execute(f"TRUNCATE {quoted}")
