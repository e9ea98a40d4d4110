"""One activation while it runs: the state taken apart, what it asked for, and how tokens move.

A token that is to enter a node stands in `ready`; the last one goes first, so a way is followed to its wait before the
next way of the same fork begins. Joins, wins and gathers are not entered: they are settled when a token arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from potok.engine.expr import Context
from potok.engine.graph import ROOT, Kind
from potok.engine.run import items
from potok.engine.run.asks import Unknown
from potok.engine.run.effects import CancelTimer, Effect, EndProcess, Forget, Unlisten, Withdraw
from potok.engine.run.program import Program
from potok.engine.run.reader import Reader
from potok.engine.run.state import Arrival, Done, Hooks, Open, Part, Stand, State, Status, Token
from potok.engine.run.step import Entry, Step
from potok.engine.values import Value

TOKENS_MAX = 2_000


@dataclass(slots=True)
class Activation:
    """Changed in place while an event is worked on; `step` gives what came of it."""

    program: Program
    context: Context
    reader: Reader
    tokens: dict[int, Token]
    ready: list[Token]
    scopes: dict[int, Open]
    arrivals: dict[tuple[int, int, int], int]
    sequence: int
    spent: int
    ended: int
    forgiven: int
    done: list[Done]
    asking: bool  # a block was asked and has not answered: nothing else begins
    parked: bool = False  # the rest goes on after a commit
    translate: Callable[[str], str] = str
    effects: list[Effect] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)

    def step(self) -> Step:
        """Put the state together again."""
        waiting = sorted(self.tokens.values())
        arrivals = tuple(Arrival(*key, times) for key, times in sorted(self.arrivals.items()))
        state = State(
            self.sequence,
            self.spent,
            self.ended,
            (*waiting, *self.ready),
            tuple(self.scopes.values()),
            arrivals,
            self.forgiven,
            tuple(self.done),
        )
        return Step(state, tuple(self.effects), self.reader.all_assigned(), tuple(self.journal))

    def note(self, what: str, token: Token, detail: Any = None) -> None:
        """Write a line of the journal."""
        self.journal.append(Entry(what, token.id, token.node, detail))

    def number(self) -> int:
        """Give the next id of the instance's own sequence."""
        self.sequence += 1
        return self.sequence

    # Values.

    def look_from(self, scope: int) -> None:
        """Let formulas see what belongs to the items around a scope, if there are any."""
        if self.program.local:
            self.reader.within = items.around(self.program, self.scopes, scope)

    def dish(self, node: int) -> dict[str, Any]:
        """Work out everything a node carries."""
        reader, context = self.reader, self.context
        return {name: cook(reader, context) for name, cook in self.program.cooks[node]}

    def assign(self, values: Mapping[str, Value], *, to: str = "Variable") -> None:
        """Assign variables, or other values of the whole instance."""
        if values:
            self.reader.keep(to, values)

    def learn(self, node: int, values: Mapping[str, Value], *, scope: int) -> None:
        """Keep what a step gave in a scope: under its name, and for the item around if there is one."""
        if values:
            self.look_from(scope)
            within = self.reader.within
            self.reader.keep(self.program.graph.names[node], values, scope=within[0][0] if within else 0)

    # Tokens.

    def hold(self, token: Token, stand: Stand, *, kept: Any = None) -> None:
        """Let a token stand where it is and wait."""
        self.tokens[token.id] = token._replace(stand=stand, kept=kept)

    def leave(self, token: Token, *, way: int = -1) -> None:
        """Move a token along a way out of its node. A node without a way keeps nothing."""
        self.tokens.pop(token.id, None)
        ways = self.program.ways[token.node]
        if ways:
            self.send(ways[way], scope=token.scope)

    def send(self, flow: int, *, scope: int) -> None:
        """Let a token arrive by a flow. A closed scope is passed at once, by as many joins as stand in a row."""
        node = self.program.targets[flow]
        while node in self.program.settled:
            kind = self.program.kinds[node]
            if kind is Kind.WIN:
                scope = self.win(node, scope)
            else:
                self._count(node, scope, flow)
                if kind is Kind.GATHER or not self._joins(node, scope):
                    return
                scope = self.close(scope)
            flow = self.program.ways[node][0]
            node = self.program.targets[flow]
        self.ready.append(Token(self.number(), node, scope, Stand.READY))

    def make_room(self, count: int) -> None:
        """Refuse to have more tokens than can be carried: a state is written whole at each step."""
        if len(self.tokens) + len(self.ready) + count > TOKENS_MAX:
            raise Unknown("run.too_many_tokens", most=TOKENS_MAX)

    def fan(self, ways: Iterable[tuple[int, int]]) -> None:
        """Send a token along each of these ways (a flow and its scope); the first goes first."""
        begin = len(self.ready)
        for flow, scope in ways:
            # An empty way may close the scope of a race before the others begin.
            if scope == ROOT or scope in self.scopes:
                self.send(flow, scope=scope)
        self.ready[begin:] = reversed(self.ready[begin:])

    # Scopes.

    def open(self, opener: int, *, parent: int, part: Part = Part.PLAIN, kept: Any = None) -> int:
        """Open a scope."""
        scope = self.number()
        self.scopes[scope] = Open(scope, opener, parent, part, kept)
        return scope

    def close(self, scope: int) -> int:
        """Close a scope in which nothing is left; give the one around. What was done in it, that one remembers."""
        _, _, parent, part, kept = self.scopes.pop(scope)
        if part in (Part.ITEM, Part.LIST):
            self.forget((scope,) if part is Part.ITEM else items.chunks(kept))
        if self.arrivals:
            self.arrivals = {key: times for key, times in self.arrivals.items() if key[1] != scope}
        if self.done:
            keeps = part not in (Part.ITEM, Part.UNDOING)
            self.done = [
                each if each.scope != scope else Done(each.node, parent)
                for each in self.done
                if each.scope != scope or keeps
            ]
        return parent

    def win(self, node: int, scope: int) -> int:
        """Withdraw everything else in a scope and in the scopes within it, and close them; give the one around.

        An item of a list takes the whole list with it.
        """
        if self.scopes[scope].part is Part.ITEM:
            scope = self.scopes[scope].parent
        self.clear(scope)
        self.journal.append(Entry("won", 0, node))
        return self.close(scope)

    def clear(self, scope: int) -> None:
        """Withdraw everything in a scope, and close the scopes within it."""
        inside = {scope}
        for each in self.scopes.values():  # A scope is opened after the one around it, so one pass finds all.
            if each.parent in inside:
                inside.add(each.id)
        self.cancel(inside)
        for within in sorted(inside - {scope}, reverse=True):
            self.close(within)

    def cancel(self, gone: Container[int]) -> None:
        """Withdraw every token in these scopes, with what hangs on it."""
        for token in sorted([*self.tokens.values(), *self.ready]):
            if token.scope in gone:
                self.tokens.pop(token.id, None)
                self.effects += withdrawal(token)
                self.note("withdrawn", token)
        self.ready = [token for token in self.ready if token.scope not in gone]
        self.arrivals = {key: times for key, times in self.arrivals.items() if key[1] not in gone}
        self.asking = _asks(self.tokens)

    def finish(self, status: Status) -> None:
        """End the instance; nothing of it is left."""
        self.cancel({ROOT, *self.scopes})
        self.scopes.clear()
        self.done.clear()
        self.ended = status

    def forget(self, scopes: tuple[int, ...]) -> None:
        """Let go of values that belonged to an item, or of the items themselves."""
        for scope in scopes:
            self.reader.parts.pop(scope, None)
        self.effects.append(Forget(scopes))

    def _count(self, node: int, scope: int, flow: int) -> None:
        self.arrivals[node, scope, flow] = self.arrivals.get((node, scope, flow), 0) + 1

    def _joins(self, node: int, scope: int) -> bool:
        """Say whether every way into a join has arrived, and if so use one of each up."""
        keys = [(node, scope, way) for way in self.program.graph.ins[node]]
        if not all(key in self.arrivals for key in keys):
            return False
        self.use_up(keys)
        self.journal.append(Entry("joined", 0, node))
        return True

    def use_up(self, keys: Iterable[tuple[int, int, int]]) -> None:
        """Take one arrival of each of these away."""
        for key in keys:
            self.arrivals[key] -= 1
        self.arrivals = {key: times for key, times in self.arrivals.items() if times}


def take(
    program: Program, state: State, *, reader: Reader, context: Context, translate: Callable[[str], str] = str
) -> Activation:
    """Take a state apart."""
    reader.local = program.local
    standing = {token.id: token for token in state.tokens if token.stand is not Stand.READY}
    return Activation(
        program=program,
        context=context,
        reader=reader,
        tokens=standing,
        ready=[token for token in state.tokens if token.stand is Stand.READY],
        scopes={each.id: each for each in state.scopes},
        arrivals={(each.node, each.scope, each.flow): each.times for each in state.arrivals},
        sequence=state.sequence,
        spent=state.spent,
        ended=state.ended,
        forgiven=state.forgiven,
        done=list(state.done),
        asking=_asks(standing),
        translate=translate,
    )


def _asks(tokens: Mapping[int, Token]) -> bool:
    return any(token.stand is Stand.PERFORMING for token in tokens.values())


def withdrawal(token: Token) -> list[Effect]:
    """Say what has to be taken back when a token is interrupted."""
    match token.stand:
        case Stand.SLEEPING:
            return [CancelTimer(token.id)]
        case Stand.LISTENING:
            return [Unlisten(token.id)]
        case Stand.CALLING:
            return [EndProcess(token.id)]
        case Stand.UNDOING:
            return []
        case Stand.READY if token.kept is None:
            return []
    return [*unhook(token), Withdraw(token.id, token.node)]


def unhook(token: Token) -> list[Effect]:
    """Take back the subscription and the timer of a block that waited."""
    if token.kept is None:
        return []
    wait = Hooks(*token.kept)
    unlisten: list[Effect] = [Unlisten(token.id)] if wait.listens else []
    return [*unlisten, CancelTimer(token.id)] if wait.due else unlisten
