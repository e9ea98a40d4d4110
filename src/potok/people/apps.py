"""Start-up of people: their names are registered, and the gate is put before every operation."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "potok.people"
    label = "people"

    def ready(self) -> None:
        from potok.kit import live
        from potok.kit.operations import guard_with
        from potok.people import commands, dialect, gate, limits, operations, queries, screens, signing_in  # noqa: F401

        guard_with(gate.judge)
        live.hearings.add("person", lambda by, ids: ids & {by})
