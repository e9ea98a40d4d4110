"""One activation while it runs: the state taken apart, what it asked for, and how tokens move.

A token that is to enter a node stands in `ready`; the last one goes first, so a way is followed to its wait before the
next way of the same fork begins. Joins and wins are not entered: they are settled when a token arrives.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from potok.engine.expr import Context
from potok.engine.graph import ROOT, Kind
from potok.engine.run.effects import CancelTimer, Effect, EndProcess, Unlisten, Withdraw
from potok.engine.run.program import Program
from potok.engine.run.reader import Reader
from potok.engine.run.state import Arrival, Hooks, Open, Stand, State, Status, Token
from potok.engine.run.step import Entry, Step


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
    asking: bool  # a block was asked and has not answered: nothing else begins
    parked: bool = False  # the rest goes on after a commit
    effects: list[Effect] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)

    def step(self) -> Step:
        """Put the state together again."""
        waiting = sorted(self.tokens.values())
        arrivals = (Arrival(*key, times) for key, times in sorted(self.arrivals.items()))
        state = State(
            self.sequence,
            self.spent,
            self.ended,
            (*waiting, *self.ready),
            tuple(self.scopes.values()),
            tuple(arrivals),
        )
        return Step(state, tuple(self.effects), dict(self.reader.assigned), tuple(self.journal))

    def note(self, what: str, token: Token, detail: Any = None) -> None:
        """Write a line of the journal."""
        self.journal.append(Entry(what, token.id, token.node, detail))

    def number(self) -> int:
        """Give the next id of the instance's own sequence."""
        self.sequence += 1
        return self.sequence

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
        kinds, targets, ways = self.program.kinds, self.program.targets, self.program.ways
        while True:
            node = targets[flow]
            kind = kinds[node]
            if kind is Kind.WIN:
                self._win(node, scope)
            elif kind is not Kind.JOIN:
                self.ready.append(Token(self.number(), node, scope, Stand.READY))
                return
            elif not self._joins(node, scope, flow):
                return
            scope = self.scopes.pop(scope).parent
            flow = ways[node][0]

    def fork(self, token: Token) -> None:
        """Open a scope and send a token along every way; the first way goes first."""
        self.tokens.pop(token.id, None)
        scope = self.number()
        self.scopes[scope] = Open(scope, token.node, token.scope)
        begin = len(self.ready)
        for flow in self.program.ways[token.node]:
            # An empty way may close the scope of a race before the others begin.
            if scope in self.scopes:
                self.send(flow, scope=scope)
        self.ready[begin:] = reversed(self.ready[begin:])

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
        self.ended = status

    def _joins(self, node: int, scope: int, flow: int) -> bool:
        """Count an arrival; say whether every way in has arrived, and if so use one of each up."""
        self.arrivals[node, scope, flow] = self.arrivals.get((node, scope, flow), 0) + 1
        keys = [(node, scope, way) for way in self.program.graph.ins[node]]
        if not all(key in self.arrivals for key in keys):
            return False
        for key in keys:
            self.arrivals[key] -= 1
        self.arrivals = {key: times for key, times in self.arrivals.items() if times}
        self.journal.append(Entry("joined", 0, node))
        return True

    def _win(self, node: int, scope: int) -> None:
        """Withdraw everything else in the scope and in the scopes within it."""
        inside = {scope}
        for each in self.scopes.values():  # A scope is opened after the one around it, so one pass finds all.
            if each.parent in inside:
                inside.add(each.id)
        self.cancel(inside)
        self.scopes = {key: each for key, each in self.scopes.items() if key == scope or key not in inside}
        self.journal.append(Entry("won", 0, node))


def take(program: Program, state: State, *, reader: Reader, context: Context) -> Activation:
    """Take a state apart."""
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
        asking=_asks(standing),
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
