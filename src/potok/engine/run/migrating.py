"""Moving an instance from one version to another: tokens keep their ids, so what waits for them stays valid.

`migrate` answers a state that means the same in the other version, or everything that keeps it from that; nothing is
half moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from potok.engine.expr import Context
from potok.engine.graph import ROOT, Awaited, Calling, Due, Graph, Kind, Payload, Scoped, Thrown, Work
from potok.engine.graph.matching import matched
from potok.engine.problems import Place, Problem, Problems, _, problem
from potok.engine.run.activation import Activation, take, withdrawal
from potok.engine.run.asks import Ask
from potok.engine.run.branches import Branch, branches, paired
from potok.engine.run.effects import Effect, Listen, SetTimer
from potok.engine.run.program import program
from potok.engine.run.reader import Reader
from potok.engine.run.state import Arrival, Done, Open, Part, Stand, State, Token
from potok.engine.run.step import Entry
from potok.engine.values import Value, decode

GONE = problem(
    "run.migration_gone",
    _("The process stands at “{step}”, which the other version does not have."),
    hint=_("Choose the step at which it is to go on."),
)
OTHER = problem(
    "run.migration_other",
    _("The process waits at “{step}” for something else than “{other}” would wait for."),
    hint=_("Choose another step, or have “{other}” begun anew."),
)
TORN = problem(
    "run.migration_torn",
    _("“{step}” and “{other}” do not lie inside the same parallel parts, blocks and sub-processes."),
    hint=_("Choose a step that lies in the same part."),
)
UNJOINED = problem(
    "run.migration_unjoined",
    _("A branch that has come to “{step}” already is not in the other version."),
    hint=_("Drop what stands in branches that are no longer there, or wait until they have met."),
)
SETTLED = frozenset({Kind.JOIN, Kind.WIN, Kind.GATHER, Kind.CATCH})  # no token ever stands there


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to go from which node.

    What stands at a node in `anew` drops what it waits for and begins the other one afresh. With `drops`, what stands
    in branches of parallel parts that are no longer there is withdrawn.
    """

    to: Mapping[int, int]
    anew: frozenset[int] = frozenset()
    drops: bool = False

    def back(self) -> Plan:
        """Give the way back: the same pairs turned round."""
        pairs = {there: here for here, there in sorted(self.to.items(), reverse=True)}
        return Plan(pairs, frozenset(self.to[node] for node in self.anew if node in self.to), drops=True)


@dataclass(frozen=True, slots=True)
class Migrated:
    """What came of it. The effects are carried out as after a step; the tokens in `looks_again` are told `FieldMoved`,
    because what they wait for is worked out otherwise now."""

    state: State
    effects: tuple[Effect, ...] = ()
    journal: tuple[Entry, ...] = ()
    looks_again: tuple[int, ...] = ()


def proposal(old: Graph, new: Graph) -> Plan:
    """Propose where to go: the same steps by name, by what they say, by where they stand."""
    return Plan(matched(old, new))


def migrate(state: State, old: Graph, new: Graph, plan: Plan) -> Migrated | Problems:
    """Give the state as it is in the other version, or everything that keeps it from being moved."""
    is_same = old == new and all(here == there for here, there in plan.to.items())
    if state.ended or is_same:
        return Migrated(state)
    return _Move(old, new, plan, state).made()


@dataclass(slots=True)
class _Move:
    old: Graph
    new: Graph
    plan: Plan
    state: State
    problems: list[Problem] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    journal: list[Entry] = field(default_factory=list)
    looks_again: list[int] = field(default_factory=list)
    openers: dict[int, int] = field(default_factory=dict)  # by open scope: its opener in the other version
    pairs: dict[int, dict[int, int]] = field(default_factory=dict)  # by open scope: places of branches
    lost: set[int] = field(default_factory=set)  # scopes inside branches that are no longer there
    sequence: int = 0

    def made(self) -> Migrated | Problems:
        self.sequence = self.state.sequence
        scopes = [opened for each in self.state.scopes if (opened := self._scope(each))]
        arrivals = [found for each in self.state.arrivals if (found := self._arrival(each))]
        tokens = [moved for token in self.state.tokens if (moved := self._token(token))]
        done = [kept for each in self.state.done if (kept := self._done(each))]
        if self.problems:
            return Problems({str(each): each for each in self.problems}.values())
        return self._completed(self._state(tokens, scopes, arrivals, done))

    def _state(self, tokens: list[Token], scopes: list[Open], arrivals: list[Arrival], done: list[Done]) -> State:
        waiting = sorted(token for token in tokens if token.stand is not Stand.READY)
        ready = [token for token in tokens if token.stand is Stand.READY]
        return replace(
            self.state,
            sequence=self.sequence,
            tokens=(*waiting, *ready),
            scopes=tuple(scopes),
            arrivals=tuple(sorted(arrivals)),
            done=tuple(done),
        )

    # Scopes and their branches.

    def _scope(self, each: Open) -> Open | None:
        if self._is_lost(each.opener, each.parent):
            self.lost.add(each.id)
            return None
        opener = self.plan.to.get(each.opener, -1)
        if opener < 0:
            self._complain(GONE, each.opener)
        elif not _opens_alike(self.old, each.opener, self.new, opener):
            self._complain(OTHER, each.opener, other=opener)
        elif each.part in (Part.PLAIN, Part.LIST) and self.new.scope[opener] != self._inner(each.parent):
            self._complain(TORN, each.opener, other=opener)
        elif each.part in (Part.PLAIN, Part.LIST) or each.parent == ROOT or each.parent in self.openers:
            self.openers[each.id] = opener
            self.pairs[each.id] = _paired(self.old, each.opener, self.new, opener, to=self.plan.to)
        return each._replace(opener=opener)

    def _is_lost(self, node: int, scope: int) -> bool:
        """Tell whether a node of an open scope lies in a branch that is no longer there, and may be dropped."""
        if scope in self.lost:
            return True
        if not self.plan.drops or scope not in self.pairs or node in self.plan.to:
            return False
        mine = [place for place, branch in enumerate(self._ours(scope)) if node in branch.nodes]
        return bool(mine) and not any(place in self.pairs[scope] for place in mine)

    def _inner(self, scope: int) -> int:
        """Give the scope of the other version's graph that an open scope is; -1 if there is none."""
        if scope == ROOT:
            return ROOT
        opener = self.openers.get(scope, -1)
        return next((inner for inner, (node, _) in enumerate(self.new.scopes) if node == opener >= 0), -1)

    def _ours(self, scope: int) -> list[Branch]:
        opener = next(each.opener for each in self.state.scopes if each.id == scope)
        return branches(self.old, opener)

    def _arrival(self, arrival: Arrival) -> Arrival | None:
        join, scope = self.plan.to.get(arrival.node, -1), arrival.scope
        if scope != ROOT and scope not in self.pairs:
            return None  # Its scope was complained of, or is dropped with all that is in it.
        kind = self.old.kinds[arrival.node]
        find = self._gathering if kind is Kind.GATHER else self._flow
        flow = find(arrival, join) if join >= 0 and self.new.kinds[join] is kind else None
        if flow is not None:
            return arrival._replace(node=join, flow=flow)
        if not self.plan.drops:
            self._complain(UNJOINED, arrival.node)
        return None

    def _flow(self, arrival: Arrival, join: int) -> int | None:
        """Find the flow into a join by which the same branch comes in."""
        ours, theirs = self._ours(arrival.scope), branches(self.new, self.openers[arrival.scope])
        came = [place for place, branch in enumerate(ours) if _leads_in(self.old, branch, arrival.flow)]
        there = [theirs[self.pairs[arrival.scope][place]] for place in came if place in self.pairs[arrival.scope]]
        ways = [flow for flow in self.new.ins[join] if any(_leads_in(self.new, branch, flow) for branch in there)]
        source = self.plan.to.get(self.old.flows[arrival.flow][0])
        same = [flow for flow in ways if self.new.flows[flow][0] == source]
        return (same or ways)[0] if len(ways) == 1 or len(same) == 1 else None

    def _gathering(self, arrival: Arrival, join: int) -> int | None:
        """Find the flow into an inclusive join that comes from the same step."""
        source = self.plan.to.get(self.old.flows[arrival.flow][0])
        same = [flow for flow in self.new.ins[join] if self.new.flows[flow][0] == source]
        return same[0] if len(same) == 1 else None

    def _done(self, done: Done) -> Done | None:
        node = self.plan.to.get(done.node, -1)
        if node < 0 and not self.plan.drops:
            self._complain(GONE, done.node)
        return done._replace(node=node) if node >= 0 and done.scope not in self.lost else None

    # Tokens.

    def _token(self, token: Token) -> Token | None:
        if self._is_lost(token.node, token.scope):
            self._withdraw(token)
            return None
        node = self.plan.to.get(token.node, -1)
        if node < 0:
            self._complain(GONE, token.node)
            return None
        if self.new.scope[node] != self._inner(token.scope) or self.new.kinds[node] in SETTLED:
            if token.scope == ROOT or token.scope in self.openers:
                self._complain(TORN, token.node, other=node)
            return None
        if token.node in self.plan.anew:
            self._withdraw(token)
            self.sequence += 1
            return Token(self.sequence, node, token.scope, Stand.READY)
        if self._listens(self.old, token.node) != self._listens(self.new, node):
            self._complain(TORN, token.node, other=node)
        if not _waits_alike(token, self.old, self.new, node):
            self._complain(OTHER, token.node, other=node)
        self._rearm(token, node)
        return token._replace(node=node)

    def _listens(self, graph: Graph, node: int) -> bool:
        """Tell whether a node is an event of the sub-process in which it lies."""
        opener = graph.scopes[graph.scope[node]][0]
        if opener < 0 or graph.kinds[opener] is not Kind.SCOPE:
            return False
        return any(graph.flows[flow][1] == node for flow in graph.events(opener))

    def _withdraw(self, token: Token) -> None:
        self.effects += withdrawal(token)
        self.journal.append(Entry("withdrawn", token.id, token.node))

    def _rearm(self, token: Token, node: int) -> None:
        before, after = self.old.payloads[token.node], self.new.payloads[node]
        if token.stand is Stand.SLEEPING and isinstance(before, Due) and isinstance(after, Due) and before != after:
            if before.watches != after.watches:
                self.effects.append(SetTimer(token.id, cast(datetime, decode(token.kept)), after.watches))
            # A pause that lasts so long goes on as it began; one until a moment is worked out anew.
            self.looks_again += [token.id] if after.until else []
        if token.stand is Stand.LISTENING and isinstance(before, Awaited) and isinstance(after, Awaited):
            if before.watches != after.watches:
                self.effects.append(Listen(token.id, after.message, {}, after.watches))
            self.looks_again += [token.id] if after.condition and before != after else []

    # What begins at once in the other version.

    def _completed(self, state: State) -> Migrated:
        """Begin branches that are new, and join what has arrived completely by now."""
        activation = take(program(self.new), state, reader=Reader(_nothing), context=cast(Context, None))
        for scope in sorted(self.openers):
            if scope in activation.scopes:
                self._begin(activation, scope)
        for arrival in state.arrivals:
            _join(activation, arrival)
        step = activation.step()
        # Lines before this one count nodes of the old version, lines behind it those of the new.
        journal = (*self.journal, Entry("migrated", 0, 0), *step.journal)
        return Migrated(step.state, (*self.effects, *step.effects), journal, tuple(self.looks_again))

    def _begin(self, activation: Activation, scope: int) -> None:
        """Begin branches that are new; of a list only what listens to it, not what is done with an item."""
        if activation.scopes[scope].part in (Part.ITEM, Part.UNDOING):
            return
        kept = set(self.pairs[scope].values())
        for place, branch in enumerate(branches(self.new, self.openers[scope])):
            begins = self.new.kinds[self.new.flows[branch.flow][1]] is not Kind.CATCH
            if place not in kept and begins and scope in activation.scopes:
                activation.send(branch.flow, scope=scope)

    def _complain(self, declared: Any, node: int, *, other: int = -1) -> None:
        fields = {"step": _called(self.old, node)} | ({"other": _called(self.new, other)} if other >= 0 else {})
        self.problems.append(declared.at(Place((self.old.names[node],)), **fields))


def _join(activation: Activation, arrival: Arrival) -> None:
    """Let one arrival come in again if now all have: the join looks only when somebody arrives."""
    node, scope, flow, _times = arrival
    ways = [(node, scope, way) for way in activation.program.graph.ins[node]]
    if activation.program.kinds[node] is Kind.JOIN and all(activation.arrivals.get(way) for way in ways):
        activation.arrivals[node, scope, flow] -= 1
        if not activation.arrivals[node, scope, flow]:
            del activation.arrivals[node, scope, flow]
        activation.send(flow, scope=scope)


def _waits_alike(token: Token, old: Graph, new: Graph, node: int) -> bool:
    """Tell whether what hangs on the token means the same to the other node."""
    before, after = old.payloads[token.node], new.payloads[node]
    match token.stand:
        case Stand.SLEEPING:
            return isinstance(after, Due)
        case Stand.LISTENING:
            return _listens_alike(before, after)
        case Stand.CALLING:
            return isinstance(before, Calling) and isinstance(after, Calling) and before.definition == after.definition
        case Stand.WAITING | Stand.PERFORMING:
            return _same_block(before, after)
        case Stand.UNDOING:
            return isinstance(after, Thrown)
    return token.kept is None or _same_block(before, after)


def _opens_alike(old: Graph, here: int, new: Graph, there: int) -> bool:
    if new.kinds[there] is not old.kinds[here]:
        return False
    before, after = old.payloads[here], new.payloads[there]
    if isinstance(before, Scoped) and isinstance(after, Scoped):
        # What has gone through some items cannot become what goes through none, nor the other way round.
        return (before.each is None, before.stays) == (after.each is None, after.stays)
    return True


def _paired(old: Graph, here: int, new: Graph, there: int, *, to: Mapping[int, int]) -> dict[int, int]:
    ours, theirs = branches(old, here), branches(new, there)
    if old.kinds[here] is not Kind.SCOPE:
        return paired(ours, theirs, to)
    events = paired(ours[1:], theirs[1:], to)
    return {0: 0} | {place + 1: other + 1 for place, other in events.items()}


def _same_block(before: Payload | None, after: Payload | None) -> bool:
    return isinstance(before, Work) and isinstance(after, Work) and before.block == after.block


def _listens_alike(before: Payload | None, after: Payload | None) -> bool:
    if not isinstance(before, Awaited) or not isinstance(after, Awaited):
        return False
    if before.condition or after.condition:
        return bool(before.condition and after.condition)
    return (before.message, before.where) == (after.message, after.where)


def _leads_in(graph: Graph, branch: Branch, flow: int) -> bool:
    return flow == branch.flow or graph.flows[flow][0] in branch.nodes


def _called(graph: Graph, node: int) -> str:
    return graph.titles[node] or graph.names[node]


def _nothing(ask: Ask) -> Value:
    raise AssertionError("nothing is worked out while an instance moves")
