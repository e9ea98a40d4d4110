"""Start-up of absences."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AbsencesConfig(AppConfig):
    name = "potok.absences"
    label = "absences"
    verbose_name = _("Absences")

    def ready(self) -> None:
        from potok.absences import kinds, leave, operations, permissions, reactions, requests, slots, turning, workdays  # noqa: F401 (they register)
        from potok.people import public as people

        people.absence_kinds.tellers.add("absences", kinds.tell)
        post_migrate.connect(kinds.write_usual, sender=self)
        requests.register()
        slots.fill()
