"""What may be inserted as a value: fields of records and people, and the names of people that a definition mentions."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from potok.engine.graph import PERSON_FIELDS
from potok.engine.values import Type
from potok.kit.words import _
from potok.processes import outside, shared
from potok.processes.models import Definition
from potok.processes.subjects import subjects
from potok.processes.surroundings import surroundings
from potok.processes.web.designing_palette import described
from potok.processes.web.whom import names_in
from potok.records import public as records

OF_EVERY_RECORD = {
    "id": _("Number of the record"),
    "created_at": _("Created at"),
    "changed_at": _("Changed at"),
    "created_by": _("Created by"),
    "changed_by": _("Changed by"),
}
OF_PERSON = {
    "name": _("First name"),
    "patronymic": _("Patronymic"),
    "surname": _("Surname"),
    "full_name": _("Full name"),
    "position": _("Position"),
    "email": _("E-mail"),
    "head": _("Head"),
    "subordinates": _("Subordinates"),
    "zone": _("Time zone"),
    "id": _("Number of the person"),
    "codes": _("Access codes"),
}


def values_of(source: Mapping[str, Any], *, only: str | None = None) -> dict[str, Any]:
    """Tell everything that a value may refer to. `records` are by name of the type; "person" is one of them.

    `only`: a record type, when no more than its fields and those of what it links to are wanted.
    """
    world = surroundings()
    wanted = [*records.record_types, *subjects] if only is None else _near(only, world.records)
    with records.remembered():
        found = {name: _type(name, world.records[name]) for name in wanted}
    person = {"title": gettext("Person"), "fields": _fields(world.records[PERSON_FIELDS], OF_PERSON)}
    return {
        "records": {**found, "person": person},
        "shared": {name: _declared(types) for name, types in shared.types().items()},
        "definitions": dict(Definition.objects.exclude(version=None).order_by("title").values_list("code", "title")),
        "names": names_in(json.dumps(source, default=str)),
    }


def _near(name: str, known: Mapping[str, Mapping[str, Type]]) -> list[str]:
    linked = [type.of for type in known.get(name, {}).values()]
    return [each for each in dict.fromkeys([name, *linked]) if each in records.record_types or each in subjects]


def _type(name: str, types: Mapping[str, Type]) -> dict[str, Any]:
    declared = subjects.get(name) or records.record_types[name]
    own = outside.shown(name)
    titles = {**OF_EVERY_RECORD, **{key: str(field.title) for key, field in own.items()}}
    options = {key: _options(field) for key, field in own.items() if outside.is_listed(field)}
    fields = _fields(types, titles)
    for one in fields:
        one["options"] = options.get(one["name"], [])
        one["writable"] = one["name"] in own and name not in subjects
    return {"title": str(declared.title), "fields": fields, "offers": _offers(name)}


def _offers(name: str) -> list[dict[str, Any]]:
    """Starts that the designer offers by words of their own."""
    subject = subjects.get(name)
    offers = subject.offers.items() if subject else ()
    return [{"name": key, "title": str(title), "trigger": trigger} for key, (title, trigger) in offers]


def _fields(types: Mapping[str, Type], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "title": gettext(titles[name]), **_of(types[name])} for name in titles if name in types]


def _of(type: Type) -> dict[str, Any]:
    return {"type": described(type)}


def _declared(types: Mapping[str, Type]) -> list[dict[str, Any]]:
    return [{"name": name, "title": name, **_of(type)} for name, type in types.items()]


def _options(field: Any) -> Iterable[tuple[str, str]]:
    return [(str(key), str(title)) for key, title in field.options or ()]
