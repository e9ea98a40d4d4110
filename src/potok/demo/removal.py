"""Takes the demo company away and leaves nothing of it.

While nobody but the demo's people works here, everything in the database is theirs, so everything goes. Once somebody
else is there, what is theirs and what is his cannot be told apart without loss, and removal is refused.
"""

from django.apps import apps
from django.db import connection

from potok.demo.models import Loaded
from potok.kit.errors import refusal
from potok.kit.events import gathered
from potok.kit.words import _
from potok.people.public import Person

# The last is where the running worker has signed in.
KEPT = ("django_migrations", "django_content_type", "auth_permission", "procrastinate_workers")
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
            tables = sorted(set(connection.introspection.table_names(cursor)) - {*KEPT, *_in_every_installation()})
            quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
            cursor.execute(f"TRUNCATE {quoted}")


def _in_every_installation() -> set[str]:
    """The tables with what comes with the product."""
    models = [model for model in apps.get_models() if getattr(model, "in_every_installation", False)]
    return {model._meta.db_table for model in models}  # noqa: SLF001 (Django's public face of a model)
