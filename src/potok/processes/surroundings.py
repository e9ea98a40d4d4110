"""The world a definition is checked against: record types with their fields, people, other definitions."""

from collections.abc import Mapping

from potok.engine import graph
from potok.engine.graph import Called, Surroundings
from potok.engine.values import Type
from potok.people import public as people
from potok.processes import outside, shared
from potok.processes.facts import PERSON_FIELDS
from potok.processes.models import Definition, Version


def surroundings() -> Surroundings:
    """Tell the compiler what there is today."""
    person = {name: type for name, (type, _) in PERSON_FIELDS.items() if name != outside.SHOWN}
    return Surroundings(
        records={**outside.record_fields(), graph.PERSON_FIELDS: person},
        people=people.codes.existing(),
        definitions=_definitions(),
        choices=outside.choices(),
        shared=shared.types(),
    )


def _definitions() -> Mapping[str, Called]:
    published = Version.objects.filter(pk__in=Definition.objects.exclude(version=None).values("version"))
    return {each.header.definition: _called(each) for each in (graph.decode(bytes(row.graph)) for row in published)}


def _called(found: graph.Graph) -> Called:
    header = found.header
    types: dict[str, Type] = {each.name: each.type for each in header.variables}
    results = {name: types[name] for name in header.results if name in types}
    calls = [each for each in found.payloads if isinstance(each, graph.Calling)]
    runs = tuple(dict.fromkeys(each.definition for each in calls))
    waits_for = tuple(dict.fromkeys(each.definition for each in calls if each.wait))
    return Called(header.parameters, results, header.record, runs, waits_for)
