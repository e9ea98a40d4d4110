"""The product in a process of ours: loaded, migrated, with a person and an order of stages to work with."""

from potok.site import settings  # noqa: F401 (it names the settings)


def enter() -> None:
    """Load the parts and bring the database up to date."""
    import django

    django.setup()
    from potok.processes import partitions
    from potok.site import preparation

    preparation.migrate()
    partitions.make_ahead()


def furnish() -> int:
    """Make the person who works here and the pipeline of the deals; answers his id. A second call finds them."""
    from potok.kit.doors import opened
    from potok.people.public import Person, persons
    from potok.records.public import Pipeline, pipelines

    with opened(None, door="start_up") as call:
        person = Person.objects.filter(email="ann@bench.example").first() or persons.add(
            call, email="ann@bench.example", name="Ann", surname="Zimina", is_administrator=True
        )
        if not Pipeline.objects.filter(title="Bench").exists():
            stages = [{"title": "New", "code": "BENCH_NEW"}, {"title": "Won", "code": "BENCH_WON", "kind": "won"}]
            pipelines.add(call, record_type="crm.deal", title="Bench", stages=stages)
    return int(person.pk)
