"""What changed between two versions, step by step, in words that people read: the values are texts, not recipes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from potok.engine.graph.graph import Graph
from potok.engine.graph.header import Declaration, Trigger
from potok.engine.graph.kinds import Kind
from potok.engine.graph.matching import matched
from potok.engine.graph.payload import Calling, Payload, Ways, Work
from potok.engine.graph.recipe import Fields, Fixed, Form, FormField, Formula, People, Several, Text
from potok.engine.values import Type, show

SHAPING = frozenset({Kind.START, Kind.END, Kind.MERGE, Kind.JOIN, Kind.WIN, Kind.SAVE, Kind.AGAIN, Kind.GATHER})
HEADING = ("title", "help", "record", "again", "acts_as", "starts_itself", "zone", "results")
LISTS = ("parameters", "variables", "constants")


class Change(StrEnum):
    """What happened to a step, or to a line of the header."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One value that is another now; an empty text is none."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One step that is not as it was. `name` and `title` are the newest; a step may have moved and changed.

    Without a `kind` it is a part of the header, and `name` says which.
    """

    change: Change
    name: str
    title: str = ""
    kind: str = ""
    block: str = ""
    moved: bool = False
    turns: tuple[Turn, ...] = ()


def difference(old: Graph, new: Graph) -> list[Difference]:
    """List what is different: the header, steps in the order of the new version, then those that were dropped."""
    pairs = matched(old, new)
    moved = _moved(old, new, pairs)
    back = {there: here for here, there in pairs.items()}
    found = list(_heading(old, new))
    for node in _steps(new):
        found += _step(old, new, back.get(node), node, is_moved=node in moved)
    return found + [_told(Change.DROPPED, old, node) for node in _steps(old) if node not in pairs]


def _steps(graph: Graph) -> list[int]:
    return [node for node, kind in enumerate(graph.kinds) if kind not in SHAPING]


def _step(old: Graph, new: Graph, here: int | None, node: int, *, is_moved: bool) -> list[Difference]:
    if here is None:
        return [_told(Change.ADDED, new, node, turns=tuple(Turn(*each) for each in _gained(new.payloads[node])))]
    turns = _turns(_facts(old, here), _facts(new, node))
    if turns or is_moved:
        change = Change.CHANGED if turns else Change.MOVED
        return [_told(change, new, node, moved=is_moved, turns=turns)]
    return []


def _told(change: Change, graph: Graph, node: int, *, moved: bool = False, turns: tuple[Turn, ...] = ()) -> Difference:
    name, title, kind = graph.names[node], graph.titles[node], str(graph.kinds[node])
    return Difference(change, name, title, kind, does(graph.payloads[node]), moved, turns)


def does(payload: Payload | None) -> str:
    """Name the block that a step performs, or the definition that it runs."""
    match payload:
        case Work(block=name) | Calling(definition=name):
            return name
    return ""


def _moved(old: Graph, new: Graph, pairs: Mapping[int, int]) -> set[int]:
    """Find the steps that do not stand in the order of the others, or lie in another part."""
    order = [pairs[node] for node in _steps(old) if node in pairs and pairs[node] in set(_steps(new))]
    stay = _longest_rising(order)
    torn = {there for here, there in pairs.items() if pairs.get(_opener(old, here), -1) != _opener(new, there)}
    return (set(order) - stay) | (torn & set(order))


def _opener(graph: Graph, node: int) -> int:
    return graph.scopes[graph.scope[node]][0]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    tails: list[int] = []
    places: list[int] = []
    for number in numbers:
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        places.append(place)
    found, wanted = set[int](), len(tails) - 1
    for number, place in zip(reversed(numbers), reversed(places), strict=True):
        if place == wanted:
            found.add(number)
            wanted -= 1
    return found


# The header.


def _heading(old: Graph, new: Graph) -> Iterator[Difference]:
    for name in HEADING:
        was, now = readable(getattr(old.header, name)), readable(getattr(new.header, name))
        if was != now:
            yield Difference(Change.CHANGED, name, turns=(Turn("", was, now),))
    was, now = _triggers(old.header.triggers), _triggers(new.header.triggers)
    if was != now:
        yield Difference(Change.CHANGED, "triggers", turns=(Turn("", was, now),))
    for name in LISTS:
        turns = _turns(_declared(getattr(old.header, name)), _declared(getattr(new.header, name)))
        if turns:
            yield Difference(Change.CHANGED, name, turns=turns)


def _triggers(triggers: Sequence[Trigger]) -> str:
    return "; ".join(
        " ".join(filter(None, (_told_field(trigger, each.name) for each in fields(trigger)))) for trigger in triggers
    )


def _told_field(trigger: Trigger, name: str) -> str:
    held = getattr(trigger, name)
    return readable(held) if name == "on" or not held else f"{name} {readable(held)}"


def _declared(declarations: Sequence[Declaration]) -> dict[str, str]:
    return {each.title or each.name: readable(each) for each in declarations}


# What steps carry.


def _turns(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Turn, ...]:
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(Turn(*each) for each in pairs if each[1] != each[2])


def _gained(payload: Payload | None) -> Iterator[tuple[str, str, str]]:
    return ((name, "", said) for name, said in _carried(payload) if said)


def _facts(graph: Graph, node: int) -> dict[str, str]:
    named = {"title": graph.titles[node], "kind": str(graph.kinds[node]), "block": does(graph.payloads[node])}
    return named | dict(_carried(graph.payloads[node]))


def _carried(payload: Payload | None) -> Iterator[tuple[str, str]]:
    """Tell everything a step carries by name; parameters under their own names."""
    if isinstance(payload, Ways):
        yield from (
            (f"condition {place}", condition or "") for place, condition in enumerate(payload.conditions, start=1)
        )
        return
    for each in fields(payload) if payload else ():
        held = getattr(payload, each.name)
        if each.name in ("params", "where", "values", "gathers"):
            yield from ((name, readable(recipe)) for name, recipe in held)
        elif each.name not in ("block", "definition", "watches", "results", "stores"):
            yield each.name, readable(held)


def readable(held: object) -> str:
    """Say a recipe, a declaration or a plain value as an author would write it."""
    match held:
        case None | False:
            return ""
        case Fixed(value):
            return show(value)
        case Formula(text=text) | Text(template=text):
            return text
        case People(items) | Several(items):
            return ", ".join(map(readable, items))
        case Fields(items):
            return "; ".join(f"{name}: {readable(recipe)}" for name, recipe in items)
        case Form(asked):
            return "; ".join(map(_field, asked))
        case FormField():
            return _field(held)
        case Declaration():
            default = f" = {show(held.default)}" if held.default is not None else ""
            return f"{held.type}{', required' * held.required}{default}"
        case tuple():
            return ", ".join(map(readable, held))
        case Type():
            return str(held)
    return str(held)


def _field(field: FormField) -> str:
    default = f" = {readable(field.default)}" if field.default else ""
    return f"{field.title or field.name}: {field.type}{', required' * field.required}{default}"
