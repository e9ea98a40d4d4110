"""What the engine asks of the world outside an instance: fields of records and of people, for a whole batch at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from potok.engine import values
from potok.engine.run import Ask, CalendarOf, FieldOf, GlobalOf, Unknown
from potok.engine.values import PersonRef, RecordRef, Value
from potok.kit.errors import Refused
from potok.kit.queries import Query
from potok.people import public as people
from potok.processes import moving, outside, rules, shared
from potok.processes.models import Assignee, Constant

Found = dict[FieldOf, "Value | Unknown"]
Looked = dict[Ask, Any]  # values and `Unknown` of fields, and who works when


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's part in an assignment; `behalf` is whoever from outside he answered for."""

    person: int
    answer: str
    comment: str
    values: Mapping[str, Value]
    name: str = ""
    behalf: str = ""


def constants(definitions: Iterable[int]) -> dict[int, dict[str, Value]]:
    """The constants that administrators have set, by definition."""
    found: dict[int, dict[str, Value]] = {}
    for one in Constant.objects.filter(definition__in=list(definitions)):
        found.setdefault(one.definition_id, {})[one.name] = values.decode(one.value)
    return found


def _one(*, asks: Sequence[Ask]) -> Looked:  # type: ignore[empty-body]
    """Look up fields of records and people, what all definitions share, and when people work."""


def _all(asked: Sequence[Mapping[str, Any]]) -> list[Looked]:
    fields = {ask for given in asked for ask in given["asks"] if isinstance(ask, FieldOf)}
    calendars = {ask for given in asked for ask in given["asks"] if isinstance(ask, CalendarOf)}
    found = _working_time(calendars)
    found |= dict(_shared(asked))
    found |= dict(_people(fields).items())
    found |= dict(outside.fields(sorted(fields, key=str)).items())
    return [{ask: found[ask] for ask in given["asks"] if ask in found} for given in asked]


def _shared(asked: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Ask, Any]]:
    return shared.values_of(ask for given in asked for ask in given["asks"] if isinstance(ask, GlobalOf)).items()


def _working_time(asks: Iterable[CalendarOf]) -> Looked:
    wanted = list(asks)
    given = [{"person": ask.person.id if ask.person else None} for ask in wanted]
    return dict(zip(wanted, people.working_time.many(given), strict=True)) if wanted else {}


facts: Query[Any, Looked] = Query("processes.facts", _one, _all)


def _held(*, record: RecordRef) -> bool:  # type: ignore[empty-body]
    """Lock a record against change until the transaction ends; False if somebody else holds it."""


def _hold_all(asked: Sequence[Mapping[str, Any]]) -> list[bool]:
    held = outside.hold([given["record"] for given in asked])
    return [given["record"] in held for given in asked]


hold: Query[Any, bool] = Query("processes.hold", _held, _hold_all)


def _named_all(asked: Sequence[Mapping[str, Any]]) -> list[int | Refused]:
    names = {given["name"].strip() for given in asked}
    known = dict(people.Group.objects.filter(name__in=names).values_list("name", "pk"))
    return [known.get(given["name"].strip()) or rules.NO_GROUP(name=given["name"]) for given in asked]


def _named(*, name: str) -> int:  # type: ignore[empty-body]
    """Find a group of people by its name, or refuse."""


group_named: Query[Any, int] = Query("processes.group_named", _named, _named_all)


def _answers_all(asked: Sequence[Mapping[str, Any]]) -> list[list[Answer]]:
    parts = Assignee.objects.filter(assignment__in=[given["assignment"] for given in asked])
    parts = parts.exclude(status=Assignee.LEFT).select_related("person")
    found: dict[int, list[Answer]] = {}
    for part in parts.order_by("answered_at", "pk"):
        given = {name: values.decode(value) for name, value in part.values.items()}
        answer = Answer(part.person_id, part.answer, part.comment, given, str(part.person), part.behalf)
        found.setdefault(part.assignment_id, []).append(answer)
    return [found.get(given["assignment"], []) for given in asked]


def _answers(*, assignment: int) -> list[Answer]:  # type: ignore[empty-body]
    """Everybody whom an assignment asked, with his answer (empty: none), those who answered first."""


answers: Query[Any, list[Answer]] = Query("processes.answers", _answers, _answers_all)


def _administrators_all(asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
    return moving.administrators([given["barred"] for given in asked])


def _administrator(*, barred: Sequence[int]) -> int | None:
    """Name the administrator with the fewest open assignments, one who is not barred."""


administrator: Query[Any, int | None] = Query("processes.administrator", _administrator, _administrators_all)


def _people(asks: Iterable[FieldOf]) -> Found:
    wanted = [ask for ask in asks if isinstance(ask.of, PersonRef)]
    if not wanted:
        return {}
    persons = people.by_id(ask.of.id for ask in wanted)
    heads = _heads({ask.of.id for ask in wanted if ask.name == "head"})
    codes = people.codes.standing_for({ask.of.id for ask in wanted if ask.name == "codes"})
    return {ask: _of_person(ask, persons.get(ask.of.id), heads, codes) for ask in wanted}


def _heads(persons: set[int]) -> dict[int, int | None]:
    asked = [{"person": person} for person in sorted(persons)]
    answers = people.head_of.many(asked) if asked else []
    return {given["person"]: head for given, head in zip(asked, answers, strict=True) if isinstance(head, int | None)}


def _of_person(
    ask: FieldOf, person: "people.Person | None", heads: Mapping[int, int | None], codes: Mapping[int, list[str]]
) -> "Value | Unknown":
    if person is None:
        return Unknown("processes.person_gone", person=ask.of.id)
    if ask.name == "head":
        head = heads.get(person.pk)
        return None if head is None else PersonRef(head)
    if ask.name == "codes":
        return tuple(codes[person.pk])
    if ask.name == "subordinates":
        return tuple(PersonRef(one) for one in people.subordinates(head=person.pk))
    if ask.name not in PERSON_FIELDS:
        return Unknown("processes.no_such_value", name=ask.name)
    value: Value = PERSON_FIELDS[ask.name][1](person)
    return value


# The fields of a person that formulas may follow, with their types: `{=Document:responsible.email}`.
PERSON_FIELDS: dict[str, tuple[values.Type, Any]] = {
    outside.SHOWN: (values.TEXT, str),
    "id": (values.NUMBER, lambda person: person.pk),
    "name": (values.TEXT, lambda person: person.name),
    "patronymic": (values.TEXT, lambda person: person.patronymic),
    "surname": (values.TEXT, lambda person: person.surname),
    "full_name": (values.TEXT, lambda person: person.full_name),
    "position": (values.TEXT, lambda person: person.position),
    "email": (values.EMAIL, lambda person: person.email),
    "zone": (values.TEXT, lambda person: person.zone),
    "head": (values.PERSON, None),
    "subordinates": (values.many(values.PERSON), None),
    "codes": (values.many(values.TEXT), None),
}
