"""Start-up of records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "potok.records"
    label = "records"

    def ready(self) -> None:
        from potok.records import events, field_indexes, hearing, left_behind, operations, queries, reactions  # noqa: F401 (they register)
        from potok.records.bulk import carrying as bulk  # noqa: F401 (its loop registers)
        from potok.records.bulk import operations as changes  # noqa: F401 (they register)
        from potok.records.exchange import carrying, everything, packing  # noqa: F401 (their loops register)
        from potok.records.exchange import operations as imports  # noqa: F401 (they register)
        from potok.records.reports import operations as reports  # noqa: F401 (they register)
        from potok.records.screens import report_slot, slots, tabs  # noqa: F401 (slots register)
        from potok.records.works import operations as works  # noqa: F401 (they register)
        from potok.records.works import sweeping  # noqa: F401 (its task registers)

        left_behind.register()
        tabs.fill()
