"""The company of the bench: two hundred people in five departments, a pipeline, ten custom fields on each type."""

from dataclasses import dataclass

PEOPLE, DEPARTMENTS, SHARED = 200, 5, 500
TYPES = ("crm.deal", "crm.company", "crm.contact")
PIPELINE = "Sales at large"
STAGES = (
    *((f"AT_LARGE_{number}", title, "open") for number, title in enumerate(("New", "Talks", "Offer", "Terms", "Bill"))),
    ("AT_LARGE_WON", "Won", "won"),
    ("AT_LARGE_LOST", "Lost", "lost"),
)
# name, kind, options; the ten custom fields of every type.
FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("uf_segment", "choice", tuple(f"Segment {number}" for number in range(1, 21))),
    ("uf_priority", "choice", ("Low", "Usual", "High", "Urgent")),
    ("uf_score", "number", ()),
    ("uf_area", "number", ()),
    ("uf_visited_on", "date", ()),
    ("uf_regular", "yes_no", ()),
    ("uf_place", "text", ()),
    ("uf_object", "text", ()),
    ("uf_budget", "money", ()),
    ("uf_curator", "person", ()),
)


@dataclass(frozen=True)
class Company:
    """Who is there: ids in order; `head` heads the first department, `seller` sees his own and what was shared."""

    administrator: int
    people: tuple[int, ...]
    head: int
    seller: int
    pipeline: int
    stages: tuple[int, ...]


def furnish() -> Company:
    """Make the company by the product's own operations; a second call finds it."""
    from potok.kit.doors import opened
    from potok.people.public import Person

    if not Person.objects.filter(email="root@large.example").exists():
        with opened(None, door="start_up") as call:
            _make(call)
    return _found()


def _make(call) -> None:  # type: ignore[no-untyped-def]
    from potok.people.public import Extent, departments, persons, roles
    from potok.records.public import custom_fields, pipelines

    persons.add(call, email="root@large.example", name="Ann", surname="Zimina", is_administrator=True)
    stages = [{"code": code, "title": title, "kind": kind} for code, title, kind in STAGES]
    pipelines.add(call, record_type="crm.deal", title=PIPELINE, stages=stages)
    for record_type in TYPES:
        for name, kind, options in FIELDS:
            title = name.removeprefix("uf_").replace("_", " ").capitalize()
            custom_fields.add(call, record_type=record_type, kind=kind, title=title, name=name, options=options)
    top = departments.add(call, name="Sales")
    own, deep = roles.add(call, name="Sells"), roles.add(call, name="Heads")
    for record_type in TYPES:
        for act in ("see", "add", "edit"):
            roles.grant(call, role=own, permission=f"{record_type}.{act}", extent=Extent.OWN)
            roles.grant(call, role=deep, permission=f"{record_type}.{act}", extent=Extent.SUBTREE)
    roles.give(call, role=own, department=top)
    places = [departments.add(call, name=f"Sales {number + 1}", parent=top) for number in range(DEPARTMENTS)]
    for number in range(PEOPLE):
        place = places[number * DEPARTMENTS // PEOPLE]
        person = persons.add(
            call, email=f"p{number}@large.example", name="Ivan", surname=f"Petrov{number}", departments=[place]
        )
        if number * DEPARTMENTS % PEOPLE == 0:
            departments.appoint(call, department=place, head=person)
            roles.give(call, role=deep, person=person)


def _found() -> Company:
    from potok.people.public import Person
    from potok.records.public import Pipeline, Stage

    known = dict(Person.objects.filter(email__endswith="@large.example").values_list("email", "pk"))
    people = tuple(known[f"p{number}@large.example"] for number in range(PEOPLE))
    pipeline = Pipeline.objects.get(record_type="crm.deal", title=PIPELINE)
    codes = dict(Stage.objects.filter(pipeline=pipeline).values_list("code", "pk"))
    return Company(
        known["root@large.example"],
        people,
        people[0],
        people[PEOPLE // 2 + 1],
        pipeline.pk,
        tuple(codes[code] for code, *_ in STAGES),
    )
