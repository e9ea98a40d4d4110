"""One small world for formulas: an evening in Moscow, a deal, a few variables."""

from datetime import UTC, date, datetime
from decimal import Decimal

from potok.engine import expr
from potok.engine.expr import Bound, Context, Expression, Reference, Template
from potok.engine.problems import Problems
from potok.engine.time import WorkingTime
from potok.engine.values import (
    DATE,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    FileRef,
    Money,
    PersonRef,
    RecordRef,
    Type,
    Value,
    many,
    record,
    show,
    type_of,
)

NAMES: dict[Value, str] = {
    PersonRef(3): "Анна Ким",
    PersonRef(4): "Борис Лавров",
    RecordRef("crm.company", 9): "Лавр",
    RecordRef("crm.company", 10): "Ёлка",
}


def shown(value: Value) -> str:
    return NAMES.get(value) or show(value, zone=context.clock)


class Around:
    """The world outside: office hours in Moscow, nights for one person, pages of one address."""

    def working_time(self, person: PersonRef | None) -> WorkingTime:
        nights = WorkingTime(zone="Europe/Moscow", week=(((22 * 60, 30 * 60),),) * 7)
        return nights if person == PersonRef(4) else WorkingTime(zone="Europe/Moscow", country="RU")

    def zone(self, whose: PersonRef | str) -> str:
        return "Asia/Vladivostok" if whose in (PersonRef(4), "author") else "Europe/Samara"

    def page(self) -> str:
        return "https://firm.example/deals/7/"

    def title(self) -> str:
        return "Поставка <1>"

    def file(self, file: FileRef) -> str:
        return f"https://firm.example/files/{file.id}"


# 21:30 UTC on Friday is half past midnight of Saturday in Moscow.
context = Context(
    at=datetime(2026, 11, 20, 21, 30, tzinfo=UTC),
    zone="Europe/Moscow",
    show=shown,
    language="ru",
    outside=Around(),
)
# Fields of what items of lists link to.
LINKED: dict[Value, dict[str, Value]] = {
    RecordRef("crm.company", 9): {"title": "Лавр", "staff": 12, "head": PersonRef(3)},
    RecordRef("crm.company", 10): {"title": "Ёлка", "staff": 3, "head": PersonRef(4)},
    PersonRef(3): {"name": "Анна"},
    PersonRef(4): {"name": "Борис"},
}
FIELDS: dict[Type, dict[str, Type]] = {
    record("crm.company"): {"title": TEXT, "staff": NUMBER, "head": PERSON},
    PERSON: {"name": TEXT},
}

VALUES: dict[str, Value] = {
    "Document:title": "Поставка",
    "Document:stage": "PAID",
    "Document:amount": Money(Decimal("1000.50"), "RUB"),
    "Document:day": date(2024, 1, 31),
    "Document:due": datetime(2026, 3, 1, 7, 0, tzinfo=UTC),
    "Document:responsible": PersonRef(3),
    "Document:company": RecordRef("crm.company", 9),
    "Document:company.title": "Лавр",
    "Document:nobody": None,
    "Document:no_day": None,
    "Variable:no_number": None,
    "Variable:count": 5,
    "Variable:share": Decimal("0.25"),
    "Variable:documents": ("акт", "счёт"),
    "Variable:people": (PersonRef(3), PersonRef(4)),
    "Variable:numbers": (1, 7, 3),
    "Variable:done": True,
    "Variable:anything": "12",
    "Variable:blank": "",
    "Variable:companies": (RecordRef("crm.company", 9), RecordRef("crm.company", 10)),
    "Variable:amounts": (Money(Decimal(100), "RUB"), Money(Decimal("20.5"), "RUB")),
    "Variable:days": (date(2026, 11, 23), date(2026, 11, 20)),
    "Variable:json": '{"items": [{"price": 1.50, "tags": ["a", "b"]}, {"price": 2}], "paid": true, '
    '"firm": {"inn": "7"}}',
    "Variable:file": FileRef(5),
    "Variable:trap": "{=Document:title}",
    "approve:comment": "Нет печати",
}
TYPES: dict[str, Type] = {name: type_of(value) for name, value in VALUES.items()} | {
    "Document:nobody": PERSON,
    "Document:no_day": DATE,
    "Variable:no_number": NUMBER,
    "Document:due": MOMENT,
    "Document:company": record("crm.company"),
    "Variable:anything": Type("any"),
    "Variable:documents": many(TEXT),
}


def look(reference: Reference) -> Value:
    if not isinstance(reference, Bound):
        return VALUES[f"{reference.source}:{reference.name}"]
    value = reference.value
    for name in reference.path:
        value = tuple(LINKED[item][name] for item in value) if isinstance(value, tuple) else LINKED[value][name]
    return value


def fields(of: Type, name: str) -> Type | None:
    return FIELDS.get(of, {}).get(name)


def types(reference: Reference) -> Type | None:
    return TYPES.get(f"{reference.source}:{reference.name}")


def formula(text: str) -> Expression:
    read = expr.read(text)
    assert not isinstance(read, Problems), str(read)
    return read


def template(text: str) -> Template:
    read = expr.read_text(text)
    assert not isinstance(read, Problems), str(read)
    return read


def worked_out(text: str) -> Value:
    return expr.evaluate(formula(text), look, context)


def complaints(text: str) -> list[str]:
    """The codes of all that reading and checking find."""
    read = expr.read(text)
    problems = (
        list(read) if isinstance(read, Problems) else expr.check(read, types, known=list(TYPES), fields=fields)[1]
    )
    assert all(str(problem) for problem in problems)
    return [problem.code for problem in problems]
