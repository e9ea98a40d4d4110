"""Lists under foreign names: filter, order, select. What nobody knows is let be, as classic methods do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Q

from potok.kit import wire
from potok.records import catalogue, conditions, rules
from potok.records.dialect import forms
from potok.records.dialect.naming import CURRENCY, CUSTOM, SEMANTICS, SYSTEM, Dialect
from potok.records.fields import Field, Moment, Number, PipelineField, Unreadable
from potok.records.fields.field import LOOKUPS as COMPARED

LOOKUPS = {"equal": "", "in": "__in", **{word: f"__{lookup}" for word, lookup in COMPARED.items()}}


def condition(dialect: Dialect, given: Mapping[str, Any]) -> Q:
    """The condition that a foreign filter stands for."""
    found = Q()
    for term in wire.read_filter(given):
        found &= _term(dialect, term)
    return found


def _term(dialect: Dialect, term: wire.Term) -> Q:
    if term.field in SYSTEM:
        return _looked_up(SYSTEM[term.field], term)
    if dialect.record_type.pipeline and term.field in ("CLOSED", "STAGE_SEMANTIC_ID"):
        return _looked_up("stage__kind", _kind_term(term))
    field = dialect.all().get(term.field)
    if field is not None and dialect.is_currency(term.field):
        return _looked_up("currency", term)
    if field is None or term.operator not in field.operators:
        return Q()
    value = pipeline_id(dialect, term.value) if isinstance(field, PipelineField) else forms.given(field, term.value)
    filter_ = {"field": field.name, "operator": term.operator, "value": value}
    return conditions.where(dialect.record_type, {"all": [filter_]})


def _looked_up(path: str, term: wire.Term) -> Q:
    if term.operator in ("empty", "filled"):
        return Q(**{f"{path}__isnull": term.operator == "empty"})
    items = [_read(path, item, term) for item in (term.value if isinstance(term.value, list) else [term.value])]
    if term.operator in ("not_equal", "not_in"):
        return ~Q(**{f"{path}__in": items})
    value = items if term.operator == "in" else items[0]
    return Q(**{path + LOOKUPS[term.operator]: value}) if term.operator in LOOKUPS else Q()


def _read(path: str, raw: Any, term: wire.Term) -> Any:
    """What the system fills in is a moment, a number, or a word as it is."""
    if path not in SYSTEM.values():
        return raw
    field = Moment(path, path) if path.endswith("_at") else Number(path, path)
    try:
        return field.item(raw)
    except Unreadable as wrong:
        raise rules.WRONG_FILTER(place=term.field, reason=f"{term.field}: {wrong}") from None


def _kind_term(term: wire.Term) -> wire.Term:
    codes = {code: kind for kind, code in SEMANTICS.items()}
    given = term.value if isinstance(term.value, list) else [term.value]
    if term.field == "CLOSED":
        kinds = [kind for value in given for kind in (("won", "lost") if wire.is_yes(value) else ("open",))]
    else:
        kinds = [codes.get(str(value).upper(), "") for value in given]
    return wire.Term(term.field, "not_in" if term.operator.startswith("not_") else "in", kinds)


def pipeline_id(dialect: Dialect, raw: Any) -> Any:
    """The id of a pipeline; abroad the first one is number 0."""
    if isinstance(raw, list | tuple):
        return [pipeline_id(dialect, item) for item in raw]
    first = first_pipeline(dialect)
    return str(first) if first is not None and str(raw).strip() == "0" else raw


def first_pipeline(dialect: Dialect) -> int | None:
    """The id of the usual pipeline."""
    pipelines = catalogue.current().pipelines.get(dialect.record_type.name, [])
    return pipelines[0].pk if pipelines else None


def order(dialect: Dialect, given: Mapping[str, Any]) -> list[str]:
    """What a QuerySet sorts by; the id at the end, so that pages do not overlap."""
    found: list[str] = []
    for name, down in wire.read_order(given):
        if path := _path(dialect, name):
            found.append(f"-{path}" if down else path)
    return [*found, "pk"]


def _path(dialect: Dialect, name: str) -> str:
    if name in SYSTEM:
        return SYSTEM[name]
    field = dialect.all().get(name)
    if field is None:
        return ""
    if dialect.is_currency(name):
        return CURRENCY.removeprefix(".")
    return conditions.order(dialect.record_type, field.name)[0]


def selected(dialect: Dialect, select: Sequence[str]) -> list[str]:
    """The names to answer with; all without lines where nothing is asked, and exactly what is asked otherwise."""
    plain = [*SYSTEM, *dialect.own(), *(["CLOSED", "STAGE_SEMANTIC_ID"] if dialect.record_type.pipeline else [])]
    usual = [name for name in plain if name not in dialect.lines]
    custom = list(dialect.custom())
    if not select:
        return [*usual, *custom]
    names: dict[str, None] = {}
    for one in map(str.upper, map(str, select)):
        for name in usual if one == "*" else custom if one in (f"{CUSTOM}*", "UF_*") else [one]:
            names[name] = None
    return [name for name in names if name in plain or name in custom]


def columns(dialect: Dialect, names: Sequence[str]) -> set[str]:
    """The attributes of a row that these names are answered from: a list reads no others."""
    fields, needed = dialect.all(), {"pk", *(("stage_id", "pipeline_id") if dialect.record_type.pipeline else ())}
    for name in names:
        if name in SYSTEM:
            needed.add(SYSTEM[name])
        elif field := fields.get(name):
            needed |= {"currency"} if dialect.is_currency(name) else _held_in(field)
    return needed


def _held_in(field: Field) -> set[str]:
    return {"props"} if field.custom else {field.name} if field.in_list else {*field.columns}


def row(dialect: Dialect, record: Any, names: Sequence[str]) -> dict[str, Any]:
    """One record as it is answered."""
    return rows(dialect, [record], names)[0]


def rows(dialect: Dialect, records: Iterable[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """Records as they are answered; how a name is answered is settled once for all of them."""
    fields = dialect.all()
    cells = [(name, cell(dialect, name, fields.get(name))) for name in names]
    return [{name: told(one) for name, told in cells} for one in records]


def cell(dialect: Dialect, name: str, field: Field | None) -> Callable[[Any], Any]:
    """How a record answers this name."""
    if name in SYSTEM:
        return _system(SYSTEM[name])
    if name == "CLOSED":
        return lambda record: "N" if _kind(record) == "open" else "Y"
    if name == "STAGE_SEMANTIC_ID":
        return lambda record: SEMANTICS[_kind(record)]
    assert field is not None
    if dialect.is_currency(name):
        return attrgetter("currency")
    if isinstance(field, PipelineField):
        first = first_pipeline(dialect)
        return lambda record: "0" if record.pipeline_id == first else str(record.pipeline_id or 0)
    if name in dialect.lines:
        return lambda record: forms.lines(name, field.of(record))
    return lambda record: forms.shown(field, field.of(record))


def _system(column: str) -> Callable[[Any], Any]:
    value = attrgetter(column)
    if column.endswith("_at"):
        return lambda record: forms.moment(value(record))
    return lambda record: None if (held := value(record)) is None else str(held)


def _kind(record: Any) -> str:
    return record.stage.kind if record.stage_id else "open"


def holds(shown: Mapping[str, Any], term: wire.Term) -> bool:
    """Tell whether a row as it is answered meets a term; for short lists that are filtered here."""
    if term.field not in shown or term.operator not in ("equal", "in", "not_equal", "not_in"):
        return True
    wanted = term.value if isinstance(term.value, list) else [term.value]
    return (str(shown[term.field]) in map(str, wanted)) != term.operator.startswith("not_")
