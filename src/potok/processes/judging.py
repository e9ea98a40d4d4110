"""The conditions of triggers: worked out for many changes at once, before anything of an instance exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from potok.engine import expr, values
from potok.engine.problems import Problems
from potok.engine.run import Ask, FieldOf, Named, NotLoaded, Unknown
from potok.engine.run.reader import Reader
from potok.engine.values import PersonRef, RecordRef, Value
from potok.kit.calls import Call
from potok.processes import complaints, facts
from potok.processes.around import Around
from potok.processes.published import Published
from potok.processes.watching import Change


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A record as a condition sees it: `now` holds the fields that are known, encoded, and `before` those that the
    change has touched; whatever is in neither is read from the record."""

    record: RecordRef
    at: datetime
    now: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    door: str = ""
    process: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One condition of one definition about one record at one moment."""

    text: str
    version: Published
    moment: Moment


@dataclass(frozen=True, slots=True)
class Failed:
    """The condition met values it cannot work with."""

    code: str
    fields: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """What is wrong, in the language that is active now."""
        return complaints.sentence(self.code, self.fields)


Verdict = bool | Failed


def moments(happened: Sequence[tuple[Call, Change]]) -> list[Moment]:
    """See each change as it was then: what later changes of the same transaction did to the record is undone."""
    found: list[Moment] = []
    later: dict[RecordRef, dict[str, Any]] = {}
    for call, change in reversed(happened):
        record = RecordRef(change.record_type, change.record_id)
        undone = later.setdefault(record, {})
        now = {**undone, **change.after}
        cause = call.cause
        found.append(Moment(record, call.at, now, change.before, call.author, cause.door, cause.definition))
        undone.update(change.after)
        undone.update(change.before)
    return found[::-1]


def judge(conditions: Sequence[Condition]) -> list[Verdict]:
    """Work out all conditions; what they ask of the world is asked for all of them together."""
    sights = _sights(conditions)
    worked: dict[int, Verdict] = {}
    while waiting := [place for place in range(len(sights)) if place not in worked]:
        asks: list[Ask] = []
        for place in waiting:
            found = _work_out(sights[place])
            if isinstance(found, NotLoaded):
                asks.extend(found.asks)
            else:
                worked[place] = found
        _load(sights, asks)
    return [worked[place] for place in range(len(sights))]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the conditions that are joined by `and`: as it is written, whether it holds, and the values it saw."""

    text: str
    holds: Verdict
    values: Sequence[tuple[str, Value]]


def explain(condition: Condition) -> list[Part]:
    """Tell for each part of a condition whether it held, and with which values."""
    formula = _formula(condition.text)
    parts = [expr.Expression(node) for node in _joined(formula.root)]
    written = [Condition(expr.write(part), condition.version, condition.moment) for part in parts]
    verdicts = judge(written)
    return [
        Part(one.text, verdict, _values(part, condition))
        for one, part, verdict in zip(written, parts, verdicts, strict=True)
    ]


def _values(part: expr.Expression, condition: Condition) -> list[tuple[str, Value]]:
    sights = _sights([condition])
    shown: list[tuple[str, Value]] = []
    for reference in part.references:
        try:
            shown.append((str(reference), _loaded(sights, reference)))
        except Unknown:
            continue
    return shown


def _loaded(sights: "list[_Sight]", reference: expr.Reference) -> Value:
    while True:
        try:
            return Reader(sights[0].look)(reference)
        except NotLoaded as absent:
            _load(sights, absent.asks)


def _joined(node: expr.Node) -> list[expr.Node]:
    if isinstance(node, expr.Call) and node.function == "and":
        return [part for argument in node.arguments for part in _joined(argument)]
    return [node]


@lru_cache(maxsize=512)
def _formula(text: str) -> expr.Expression:
    found = expr.read(text)
    if isinstance(found, Problems):
        raise ValueError(f"A graph holds a condition that cannot be read: {text}")
    return found


@dataclass(slots=True, eq=False)
class _Sight:
    """What one condition can see. `known` is shared by all that are worked out together."""

    condition: Condition
    constants: Mapping[str, Value]
    known: dict[Ask, Any]

    def look(self, ask: Ask) -> Value:
        if isinstance(ask, Named):
            return self._named(ask)
        if ask not in self.known:
            raise NotLoaded(ask)
        found: Value | Unknown = self.known[ask]
        if isinstance(found, Unknown):
            raise found
        return found

    def _named(self, ask: Named) -> Value:
        moment = self.condition.moment
        match ask.source:
            case "Document":
                return self._of_record(moment.now, ask.name)
            case "Before":
                return self._of_record({**moment.now, **moment.before}, ask.name)
            case "Change":
                by = None if moment.by is None else PersonRef(moment.by)
                return {"by": by, "door": moment.door, "process": moment.process}.get(ask.name)
            case "Constant":
                return self._constant(ask.name)
        raise Unknown("processes.no_such_value", name=ask.name)

    def _of_record(self, held: Mapping[str, Any], name: str) -> Value:
        return values.decode(held[name]) if name in held else self.look(FieldOf(self.condition.moment.record, name))

    def _constant(self, name: str) -> Value:
        if name in self.constants:
            return self.constants[name]
        declared = self.condition.version.header.constants
        return next((each.default for each in declared if each.name == name), None)


def _sights(conditions: Sequence[Condition]) -> list[_Sight]:
    constants = facts.constants({one.version.definition for one in conditions})
    known: dict[Ask, Any] = {}
    return [_Sight(one, constants.get(one.version.definition, {}), known) for one in conditions]


def _load(sights: Sequence[_Sight], asks: Sequence[Ask]) -> None:
    if asks:
        found = facts.facts(asks=list(dict.fromkeys(asks)))
        # What nobody answers would be asked for ever.
        sights[0].known.update({ask: Unknown("processes.no_such_value", name=str(ask)) for ask in asks} | dict(found))


def _work_out(sight: _Sight) -> Verdict | NotLoaded:
    condition = sight.condition
    formula, reader = _formula(condition.text), Reader(sight.look)
    moment = condition.moment
    context = expr.Context(
        at=moment.at,
        zone=condition.version.zone,
        language=settings.LANGUAGE_CODE,
        outside=Around(sight.look, record=moment.record),
    )
    try:
        return expr.evaluate(formula, reader, context) is True
    except NotLoaded as absent:
        return reader.missing(formula.references, first=absent)
    except Unknown as unknown:
        return Failed(unknown.code, unknown.fields)
    except expr.Failure as failure:
        return Failed(failure.code, failure.problem.fields)
