"""Scopes of one token, or of each item of a list: how they begin, and what happens when nothing is left in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from potok.engine.graph import Kind, Scoped
from potok.engine.run import items
from potok.engine.run.activation import Activation
from potok.engine.run.asks import Ask, Named, NotLoaded, Unknown
from potok.engine.run.program import ENOUGH
from potok.engine.run.reader import flat
from potok.engine.run.state import Done, Open, Part, Progress, Token
from potok.engine.run.step import Entry
from potok.engine.run.undoing import undoes, undone
from potok.engine.values import Value

AT_ONCE_MAX = 1_000  # the state of an instance is written at each step, and holds a token for each of these
DONE_MAX = 1_000


def open_scope(activation: Activation, token: Token) -> None:
    """Let a token go into the scope that its node opens; the events listen first."""
    if undoes(activation, token.node) and len(activation.done) >= DONE_MAX:
        raise Unknown("run.too_much_done", most=DONE_MAX)
    events = _events(activation, token.node)
    activation.make_room(len(events) + 1)
    scoped = cast(Scoped, activation.program.payloads[token.node])
    if scoped.each is not None:
        _open_list(activation, token, scoped)
        return
    activation.note("opened", token)
    scope = activation.open(token.node, parent=token.scope)
    activation.fan((flow, scope) for flow in (*events, _body(activation, token.node)))


def _open_list(activation: Activation, token: Token, scoped: Scoped) -> None:
    found = activation.program.cooks[token.node][0][1](activation.reader, activation.context)
    listed = found if isinstance(found, tuple) else () if found is None else (cast(Value, found),)
    if scoped.at_once and len(listed) > AT_ONCE_MAX:
        raise Unknown("run.too_many_items", count=len(listed), most=AT_ONCE_MAX)
    activation.make_room(len(listed) if scoped.at_once else 1)
    activation.note("opened", token, len(listed))
    scope = activation.open(token.node, parent=token.scope, part=Part.LIST)
    calm = activation.spent - activation.forgiven
    progress = Progress(activation.sequence + 1, len(listed), calm=calm)
    activation.sequence += len(items.chunks(progress))
    _keep(activation, scope, progress)
    name = activation.program.graph.names[token.node]
    for place, chunk in enumerate(items.split(listed)):
        activation.reader.keep(name, {items.ITEMS: chunk}, scope=items.home(progress, place * items.CHUNK))
    activation.fan(_of_list(activation, scope, count=len(listed) if scoped.at_once else 1))
    ended(activation, scope)


def _of_list(activation: Activation, scope: int, *, count: int) -> Iterator[tuple[int, int]]:
    """Give the ways of the events, then those of the first items."""
    node = activation.scopes[scope].opener
    yield from ((flow, scope) for flow in _events(activation, node))
    for _ in range(count):
        if (item := _next_item(activation, scope)) is not None:
            yield _body(activation, node), item


def _next_item(activation: Activation, scope: int) -> int | None:
    """Open the scope of the next item, if there is one and nothing has left the list meanwhile."""
    if scope not in activation.scopes:
        return None
    progress = _progress(activation, scope)
    if progress.begun == progress.total:
        return None
    _keep(activation, scope, progress._replace(begun=progress.begun + 1))
    node = activation.scopes[scope].opener
    item = activation.open(node, parent=scope, part=Part.ITEM, kept=progress.begun)
    activation.journal.append(Entry("began", 0, node, progress.begun + 1))
    return item


def ended(activation: Activation, scope: int, *, skipped: bool = False) -> None:
    """A token is gone from this scope, which is done if it was the last.

    With `skipped` nothing is worked out of an item: an operator does without.
    """
    while scope in activation.scopes and exhausted(activation, scope):
        each = activation.scopes[scope]
        if each.part is Part.UNDOING:
            undone(activation, each)
            return
        if each.part is not Part.ITEM:
            _pass(activation, each)
            return
        _end_item(activation, each, skipped=skipped)
        scope = each.parent


def exhausted(activation: Activation, scope: int) -> bool:
    """Tell whether nothing is left in a scope and in those within it but what listens."""
    listens, kinds = activation.program.listens, activation.program.kinds
    tokens = (*activation.tokens.values(), *activation.ready)
    return not (
        any(token.scope == scope and token.node not in listens for token in tokens)
        or any(each.parent == scope for each in activation.scopes.values())
        or any(key[1] == scope and kinds[key[0]] is Kind.GATHER for key in activation.arrivals)
    )


def _end_item(activation: Activation, item: Open, *, skipped: bool) -> None:
    """Count an item as done; begin the next, or withdraw the others if it is enough."""
    progress = _progress(activation, item.parent)._replace(finished=_progress(activation, item.parent).finished + 1)
    enough = not skipped and _gather(activation, item, progress)
    activation.close(item.id)
    # A list ends, so what one item took does not count for an endless loop.
    activation.forgiven = max(activation.forgiven, activation.spent - progress.calm)
    _keep(activation, item.parent, progress)
    if enough:
        _keep(activation, item.parent, progress._replace(begun=progress.total))
        for other in [each.id for each in activation.scopes.values() if each.parent == item.parent]:
            if activation.scopes[other].part is Part.ITEM:
                activation.clear(other)
                activation.close(other)
        return
    next_item = _next_item(activation, item.parent)
    if next_item is not None:
        activation.fan([(_body(activation, item.opener), next_item)])


def _gather(activation: Activation, item: Open, progress: Progress) -> bool:
    """Keep what the list gathers of an item; say whether that is enough."""
    cooks = activation.program.cooks[item.opener][1:]
    if not cooks:
        return False
    _, *outer = items.around(activation.program, activation.scopes, item.id)
    activation.reader.within = (items.told(activation.program, item, progress), *outer)
    cooked = {name: cook(activation.reader, activation.context) for name, cook in cooks}
    enough = bool(cooked.pop(ENOUGH, False))
    source, scope = activation.program.graph.names[item.opener], items.home(progress, item.kept) + 1
    found = {f"{name}.{item.kept}": cast(Value, value) for name, value in cooked.items()}
    activation.reader.keep(source, found, scope=scope)
    return enough


def _pass(activation: Activation, each: Open) -> None:
    """Close a scope in which nothing is left, and go on after it, unless it stays."""
    scoped = cast(Scoped, activation.program.payloads[each.opener])
    if scoped.stays:
        return
    results = _gathered(activation, each, scoped)
    activation.cancel({each.id})
    if undoes(activation, each.opener):
        activation.done = [one for one in activation.done if one.scope != each.id]
        activation.done.append(Done(each.opener, each.id))
    parent = activation.close(each.id)
    activation.journal.append(Entry("closed", 0, each.opener))
    if results:
        activation.learn(each.opener, results, scope=parent)
    activation.fan([(activation.program.ways[each.opener][1], parent)])


def _gathered(activation: Activation, each: Open, scoped: Scoped) -> dict[str, Value]:
    """Put together what was gathered of all items."""
    if not scoped.gathers:
        return {}
    progress, source = Progress(*each.kept), activation.program.graph.names[each.opener]
    found: dict[str, list[Value]] = {name: [] for name, _ in scoped.gathers}
    absent: list[Ask] = []
    for index in range(progress.total):
        for name, values in found.items():
            try:
                home = items.home(progress, index) + 1
                values.append(activation.reader.given(Named(source, f"{name}.{index}", home)))
            except NotLoaded as missing:
                absent += missing.asks
    if absent:
        raise NotLoaded(*absent)
    return {name: flat(values) for name, values in found.items()}


def _body(activation: Activation, node: int) -> int:
    return activation.program.ways[node][0]


def _events(activation: Activation, node: int) -> list[int]:
    """List the ways to what listens; what catches never stands."""
    program = activation.program
    return [flow for flow in program.graph.events(node) if program.kinds[program.targets[flow]] is not Kind.CATCH]


def _progress(activation: Activation, scope: int) -> Progress:
    return Progress(*activation.scopes[scope].kept)


def _keep(activation: Activation, scope: int, progress: Progress) -> None:
    activation.scopes[scope] = activation.scopes[scope]._replace(kept=list(progress))
