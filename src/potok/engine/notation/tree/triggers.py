"""What starts a definition: how triggers are read, written and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from potok.engine import expr, graph, time
from potok.engine.graph import Awaits, On, Trigger
from potok.engine.notation.tree import asking, literal, recipes, schedules
from potok.engine.notation.tree.declarations import WRONG_VALUE, filled
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.given import ABSENT, NOT_OFFERED, Given
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.problems import _, problem
from potok.engine.values import PERSON, TEXT, Duration, PersonRef, Type, Value, WrongType

NO_TRIGGER = problem(
    "tree.no_trigger", _("A trigger is one word, or one word with what it watches."), hint=_("Write “- manual”.")
)
TOO_SHORT = problem(
    "tree.stays_too_short", _("A value cannot stay for “{lasts}”."), hint=_("Write a minute or more: for: 2 days.")
)
NO_NUMBER = problem(
    "tree.message_record",
    _("The process runs on a record, and the message does not say on which."),
    hint=_("Name the value of the message that holds the record's number, for example record: deal."),
)
NOT_YET = problem(
    "tree.start_by_formula",
    _("Who may start the process has to be known before it starts."),
    hint=_("Name people, departments, groups or access roles, or a role of the process that is made of them."),
)

OF_CHANGE: Mapping[str, Type] = {"by": PERSON, "door": TEXT, "process": TEXT}
MINUTE = Duration(seconds=60)
OF_RECORDS = frozenset({On.CREATED, On.CHANGED, On.BECAME, On.LEFT, On.STAYED, On.DELETED})
BARE = frozenset({On.MANUAL, On.CREATED, On.CHANGED, On.DELETED})


def read(given: Given) -> list[Trigger]:
    """Take `start`. A definition that says nothing is started by hand, one with an empty list by other processes."""
    plain = given.list("start")
    found = [_read(given, index, item) for index, item in enumerate(plain)]
    return [trigger for trigger in found if trigger] if given.any("start") is not None else [Trigger(On.MANUAL)]


def write(trigger: Trigger) -> Plain:
    """Give what `read` takes."""
    inside = _WRITTEN.get(trigger.on, _write_watching)(trigger)
    return {str(trigger.on): inside} if inside else str(trigger.on)


def compile(draft: Draft, index: int, trigger: Trigger) -> Trigger:
    """Bring the values of a trigger to the type of the field it watches, and its condition to a formula."""
    path = ("start", index, str(trigger.on))
    if trigger.on in OF_RECORDS and not draft.header.record:
        draft.complain(recipes.NO_RECORD, path)
        return trigger
    if trigger.message and bool(draft.header.record) != bool(trigger.message.record):
        draft.complain(NO_NUMBER if draft.header.record else recipes.NO_RECORD, (*path, "record"))
    typed = _typed(draft, trigger, path=path) if trigger.field else trigger
    if typed.by:
        typed = replace(typed, by=_starters(draft, typed.by, path=(*path, "by")))
    return replace(typed, when=_condition(draft, trigger, path=(*path, "when"))) if trigger.when else typed


def _read(given: Given, index: int, plain: Plain) -> Trigger | None:
    path = ("start", index)
    word, watched = next(iter(plain.items())) if isinstance(plain, dict) and len(plain) == 1 else (plain, None)
    if not isinstance(word, str) or (isinstance(plain, dict) and watched is None):
        given.complain(NO_TRIGGER, *path)
        return None
    if word not in list(On):
        given.complain(NOT_OFFERED, *path, key="start", value=word, choices=", ".join(On))
        return None
    on = On(word)
    if watched is None:
        if on not in BARE:
            given.complain(NO_TRIGGER, *path)
            return None
        return Trigger(on)
    inside = Given(watched, path=(*given.path, *path, word), page=given.page)
    trigger = _READ.get(on, _read_watching)(inside, on)
    inside.nothing_else()
    return trigger


def _read_watching(given: Given, on: On) -> Trigger:
    if on in (On.CREATED, On.DELETED):
        return Trigger(on, when=given.any("when", required=True) or "")
    when = given.any("when") or ""
    if on is On.CHANGED:
        was, now = given.any("from"), given.any("to")
        return Trigger(on, given.text("field", required=not when), was=was, now=now, when=when)
    field = given.text("field", required=True)
    if on is On.LEFT:
        return Trigger(on, field, was=given.any("value", required=True), when=when)
    return Trigger(on, field, now=given.any("value", required=True), when=when)


def _read_stayed(given: Given, on: On) -> Trigger:
    return Trigger(
        on,
        given.text("field", required=True),
        now=given.any("value"),
        when=given.any("when") or "",
        lasts=_lasts(given),
        working=given.yes("working"),
    )


def _lasts(given: Given) -> Duration:
    text = given.text("for", required=True)
    lasts = time.read(text) if text else MINUTE
    if isinstance(lasts, Duration) and _is_long(lasts):
        return lasts
    given.complain(TOO_SHORT, "for", lasts=text)
    return MINUTE


def _is_long(lasts: Duration) -> bool:
    parts = (lasts.months, lasts.days, lasts.seconds)
    return min(parts) >= 0 and parts > (0, 0, 59)


def _read_schedule(given: Given, on: On) -> Trigger:
    return Trigger(on, when=given.any("when") or "", schedule=schedules.read(given))


def _read_message(given: Given, on: On) -> Trigger:
    where = tuple((name, str(value)) for name, value in given.mapping("where").items())
    return Trigger(on, message=Awaits(given.text("name", required=True), where, given.text("record")))


def _write_watching(trigger: Trigger) -> dict[str, Plain]:
    words = {On.BECAME: ("from", "value"), On.STAYED: ("from", "value"), On.LEFT: ("value", "to")}
    was, now = words.get(trigger.on, ("from", "to"))
    watched = {"field": trigger.field or None, was: literal.plain(trigger.was), now: literal.plain(trigger.now)}
    lasts = {"for": literal.plain(trigger.lasts), "working": trigger.working or None, "when": trigger.when or None}
    return {key: value for key, value in {**watched, **lasts}.items() if value is not None}


def _read_manual(given: Given, on: On) -> Trigger:
    plain = given.any("by")
    people = tuple(map(str, plain if isinstance(plain, list) else [] if plain is None else [plain]))
    if not people and (given.has("by") or not given.has("when")):
        given.complain(ABSENT, "by", key="by")
    return Trigger(on, when=given.any("when") or "", by=people)


def _write_manual(trigger: Trigger) -> dict[str, Plain]:
    people: Plain = trigger.by[0] if len(trigger.by) == 1 else list(trigger.by)
    return filled(by=people, when=trigger.when)


def _write_schedule(trigger: Trigger) -> dict[str, Plain]:
    assert trigger.schedule is not None
    return {**schedules.write(trigger.schedule), **filled(when=trigger.when)}


def _write_message(trigger: Trigger) -> dict[str, Plain]:
    assert trigger.message is not None
    message = trigger.message
    return {"name": message.name, **filled(where=dict(message.where), record=message.record)}


def _typed(draft: Draft, trigger: Trigger, *, path: Path) -> Trigger:
    type_ = recipes.field_type(draft, trigger.field, path=(*path, "field"))
    if type_ is None:
        return trigger
    was = "value" if trigger.on is On.LEFT else "from"
    now = "value" if trigger.on in (On.BECAME, On.STAYED) else "to"
    typed: dict[str, Value] = {}
    for key, given in ((was, trigger.was), (now, trigger.now)):
        try:
            typed[key] = literal.value(given, type_, zone=draft.header.zone)
        except WrongType:
            draft.complain(WRONG_VALUE, (*path, key), value=given, type=str(type_))
            continue
        recipes.offered(draft, trigger.field, graph.Fixed(typed[key]), path=(*path, key))
    return replace(trigger, was=typed.get(was), now=typed.get(now))


def _starters(draft: Draft, people: tuple[str, ...], *, path: Path) -> tuple[str, ...]:
    recipe = recipes.people(draft, list(people), path=path)
    items = recipe.items if isinstance(recipe, graph.People) else ()
    if not all(isinstance(item, graph.Fixed) for item in items):
        draft.complain(NOT_YET, path)
    return tuple(dict.fromkeys(_code(item.value) for item in items if isinstance(item, graph.Fixed)))


def _code(whom: Value) -> str:
    return f"user_{whom.id}" if isinstance(whom, PersonRef) else str(whom)


def _condition(draft: Draft, trigger: Trigger, *, path: Path) -> str:
    if not draft.header.record:
        draft.complain(recipes.NO_RECORD, path)
        return asking.NEVER
    return asking.condition(_Watcher(draft), trigger.when, path=path)


class _Watcher(Draft):
    """What a condition of a trigger may refer to: the record as it is and as it was before the change, who made it, and
    constants, also those that all definitions share. Nothing of the instance exists yet."""

    def __init__(self, draft: Draft) -> None:
        self.__dict__.update(draft.__dict__)

    def types(self, reference: expr.Reference) -> Type | None:
        first, *rest = reference.path
        match reference.source:
            case "Before":
                return super().types(expr.Reference("Document", reference.path))
            case "Change" if first == "by":
                return super().types(expr.Reference("Workflow", ("initiator", *rest)))
            case "Change":
                return None if rest else OF_CHANGE.get(first)
            case "Document" | "Constant" | "GlobalVar" | "GlobalConst":
                return super().types(reference)
        return None

    def known(self) -> list[str]:
        fields = self.fields(self.header.record)
        written = [f"{source}:{name}" for source in ("Document", "Before") for name in fields]
        return [*written, *(f"Change:{name}" for name in OF_CHANGE)]


_READ: Mapping[On, Callable[[Given, On], Trigger]] = {
    On.MANUAL: _read_manual,
    On.STAYED: _read_stayed,
    On.SCHEDULE: _read_schedule,
    On.MESSAGE: _read_message,
}
_WRITTEN: Mapping[On, Callable[[Trigger], dict[str, Plain]]] = {
    On.MANUAL: _write_manual,
    On.SCHEDULE: _write_schedule,
    On.MESSAGE: _write_message,
}
