"""One activation of one instance: the core and the blocks in turn, until everything waits.

A life is a coroutine that awaits nothing but requests, so it can be run together with two hundred others, and run
again from the start at any time. What it leads to is a `Turn`, which the store keeps.
"""

import logging
import typing
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from potok.engine import run, values
from potok.engine.graph import ActsAs, Again, Kind
from potok.engine.values import RecordRef, Value
from potok.kit.calls import INSTANCE, Call, Cause
from potok.kit.errors import Overtaken, Refused, Trouble
from potok.kit.events import Event, events
from potok.processes import acts, counting, facts, listening, outside, wakes
from potok.processes.block import Block, Done, Outcome, blocks
from potok.processes.local_values import local_values
from potok.processes.memory import Memory, in_company_language
from potok.processes.net import Busy, Net
from potok.processes.published import Published
from potok.processes.told import LENT, Told, with_results
from potok.processes.turn import INBOX, READY, Claimed, Ear, Failure, Turn
from potok.processes.world import Request, World

RECORD = "record"  # the event of an ear that listens to fields of the instance's record
log = logging.getLogger(__name__)


class Spoilt(Exception):  # noqa: N818
    """A block failed after it had acted: the life has to be undone and lived again, alone."""


@dataclass(eq=False)
class Life:
    """`pause` is how long the instance rests if somebody holds what it wants to change; `net` catches what it does
    when it lives alone, and is None in company."""

    claimed: Claimed
    version: Published
    constants: Mapping[str, Value]
    pause: timedelta
    net: Net | None = None

    def __post_init__(self) -> None:
        claimed = self.claimed
        self.turn = Turn(claimed, state=claimed.state, status=0)
        self.state = run.State.decode(claimed.state) if claimed.state else None
        self.held = counting.held(self.state.tokens) if self.state else {}
        newest = self.state.sequence if self.state else 0
        self.memory = Memory(claimed, version=self.version, constants=self.constants, newest=newest)
        self.context = self.memory.context
        self.told = Told()
        self.sent_back = False
        # Tokens whose step was dropped because their time was over or another way won.
        self.dropped: set[int] = set()

    async def live(self) -> Turn:
        """Tell the instance everything that woke it, in order."""
        is_new = self.state is None
        if self.state is None or (self.state.status is run.Status.RUNNING and self.claimed.wakes[0].queue != READY):
            await self._happen(run.Continued())
        for wake in self.claimed.wakes:
            # The row that started an instance has nothing more to say; told twice, it would pass a save point.
            if not (is_new and wake.queue == READY):
                if self.sent_back:
                    break
                await self._happen(wakes.event(wake))
            self.turn.handled.append(wake)
        await self._hear_out()
        return self._close()

    async def _hear_out(self) -> None:
        """Whoever was told that his answer counts is heard before his step is dropped, though he came after our look:
        asked when all locks are ours, so that nobody comes any more."""
        if self.dropped:
            known = [wake.row for wake in self.claimed.wakes if wake.queue == INBOX]
            asked = {"instance": self.claimed.id, "tokens": sorted(self.dropped), "known": known}
            if await Request(listening.unheard, self._call(), asked):
                raise Busy

    def _close(self) -> Turn:
        state = self.state or run.State()
        self.turn.state, self.turn.status, self.turn.data = state.encode(), int(state.status), self.memory.data()
        self.turn.local, self.turn.told = self.memory.local(), self.told.all()
        held = counting.held(state.tokens)
        self.turn.begun = [each for each in held.items() if each[0] not in self.held]
        self.turn.left = [token for token in self.held if token not in held]
        return self.turn

    async def _happen(self, event: run.Event) -> None:
        happenings = deque([event])
        while happenings and not self.sent_back:
            happening = happenings.popleft()
            step = await self._step(happening)
            self._take(step, of=happening)
            for effect in step.effects:
                answer = await self._carry_out(effect)
                if answer is not None:
                    happenings.append(answer)

    async def _step(self, event: run.Event) -> run.Step:
        graph, look, context, says = self.version.graph, self._look, self.context, in_company_language
        while True:
            if self.state is None:
                answer = run.start(graph, self.memory.inputs, look=look, context=context, translate=says)
            else:
                answer = run.advance(graph, self.state, event, look=look, context=context, translate=says)
            if isinstance(answer, run.Step):
                await self._load(each.scope for each in answer.assigned)
                return answer
            await self._load(each.scope for each in answer.asks if isinstance(each, run.Named))
            if any(not isinstance(each, run.Named) for each in answer.asks):
                found = await Request(facts.facts, self._call(), {"asks": answer.asks})
                self.memory.outside |= found
                self.told.looked(found)

    def _look(self, ask: run.Ask) -> Value:
        value = self.memory.look(ask)
        if isinstance(ask, run.Named) and ask.source in LENT:
            self.told.lent[ask] = value
        return value

    async def _load(self, scopes: Iterable[int]) -> None:
        """Load the values of items; what is not loaded can be neither read nor added to."""
        absent = self.memory.unloaded(scopes)
        if absent:
            asked = {"instance": self.claimed.id, "scopes": absent}
            self.memory.learn(absent, await Request(local_values, self._call(), asked))

    def _take(self, step: run.Step, *, of: run.Event) -> None:
        if self.state is None:
            self.told.began(self.version.id, self.memory.inputs)
        elif step.journal or step.assigned or step.state != self.state:
            self.told.happened(of, step.journal)
        self.state = step.state
        self.memory.keep(step.assigned)
        self.turn.entries += [with_results(entry, of) for entry in step.journal]

    async def _carry_out(self, effect: run.Effect) -> run.Event | None:
        match effect:
            case run.Perform() | run.Resume():
                return await self._perform(effect)
            case run.SetTimer(token, due, watches):
                self.turn.timers[token] = due
                return await self._watch(token, event=RECORD, watches=watches) if watches else None
            case run.Listen(token=token, event=event, watches=watches, record=record) if watches:
                return await self._watch(token, event=event or RECORD, watches=watches, record=record)
            case run.CallProcess() | run.EndProcess() | run.Withdraw() | run.Finish() | run.Escalate():
                return await self._ask_of_shell(effect)
            case _:
                self._note(effect)
                return None

    def _note(self, effect: run.Effect) -> None:
        turn = self.turn
        match effect:
            case run.CancelTimer(token):
                turn.timers[token] = None
                turn.ears[token] = None
            case run.Listen(token, event, where):
                turn.ears[token] = Ear(token, self._heard(token, event), key(where), _encoded(where))
            case run.Unlisten(token):
                turn.ears[token] = None
            case run.Forget(scopes):
                self.memory.forget(scopes)
            case run.Continue():
                turn.ready.append((self.claimed.at, 0))
            case run.Fail(token, node, code, fields, text):
                turn.failures.append(Failure(token, self._name(node), code, fields, text))

    def _heard(self, token: int, event: str) -> str:
        """A step that waits by itself hears messages; a block hears what happens in the house."""
        standing = self.state.token(token) if self.state else None
        is_wait = standing is not None and self.version.graph.kinds[standing.node] is Kind.WAIT
        return listening.message(event) if is_wait else event

    async def _watch(
        self, token: int, *, event: str, watches: Sequence[str], record: RecordRef | None = None
    ) -> run.Event | None:
        """Listen to fields of a record. What changed between our look and our lock would be lost: look again."""
        record = record or self.memory.record
        if record is None:
            return None
        if not await Request(facts.hold, self._call(), {"record": record}):
            # The core has gone on to the wait by now and would not ask again: kept so, nothing would ever wake it.
            raise Busy
        self.turn.ears[token] = Ear(token, event, f"{record.type}={record.id}", watches=watches)
        self.memory.forget_outside()
        return run.FieldMoved(token)

    async def _ask_of_shell(self, effect: run.Effect) -> run.Event | None:
        """What concerns other instances, assignments or the end: operations like any other, in sets."""
        try:
            match effect:
                case run.CallProcess(token):
                    await self._do(acts.call_process, token=token, instance=self.claimed, effect=effect)
                case run.EndProcess(token):
                    await self._do(acts.end_called, token=token, instance=self.claimed)
                case run.Withdraw(token):
                    self.turn.mended.append(token)
                    self.dropped.add(token)
                    await self._do(acts.withdraw, token=token, instance=self.claimed)
                case run.Escalate():
                    await self._do(acts.escalate, instance=self.claimed, effect=effect)
                case run.Finish(text=text):
                    self.turn.ended_at = self.claimed.at
                    self.turn.status_text = text or None
                    queued = self.version.header.again is Again.AFTER
                    await self._do(acts.finish, instance=self.claimed, effect=effect, queued=queued)
        except Refused as refused:
            return self._failed(getattr(effect, "token", 0), refused)
        return None

    async def _do(self, what: Any, *, token: int = 0, **given: Any) -> Any:
        return await Request(what, self._call(token), given)

    async def _perform(self, effect: run.Perform | run.Resume) -> run.Event | None:
        block = blocks.get(effect.block)
        if block is None:
            return run.Failed(effect.token, "processes.no_block", {"block": effect.block})
        world = self._world(effect)
        if self.net is not None:
            self.net.hang()
        if is_late(effect):
            self.dropped.add(effect.token)
        try:
            outcome = await self._behave(block, effect, world)
        except Exception as failure:
            return self._judge(failure, effect, world)
        if world.acted:
            self.memory.forget_outside()
        return _answer(outcome, effect.token)

    async def _behave(self, block: Block, effect: run.Perform | run.Resume, world: World) -> Outcome:
        ask = block.params(**effect.params)
        if isinstance(effect, run.Perform):
            return await block.perform(ask, world)
        assert block.resume is not None
        return await block.resume(ask, rebuilt(effect.payload), world)

    def _judge(self, failure: Exception, effect: run.Perform | run.Resume, world: World) -> run.Event | None:
        """Decide what a block's failure means: undo and live alone, rest and try again, or an incident."""
        if self.net is not None:
            self.net.catch(failure)
        elif world.acted:
            raise Spoilt(effect.block) from failure
        if isinstance(failure, Overtaken) or (self.net is not None and self.net.passes(failure)):
            if is_late(effect):
                # Kept up to here, it would be late for good, whatever is answered while it rests.
                raise Busy from failure
            self._send_back()
            return None
        return self._failed(effect.token, failure)

    def _failed(self, token: int, failure: Exception) -> run.Failed:
        if isinstance(failure, Refused | Trouble):
            return run.Failed(token, failure.code, failure.fields, failure.sentence())
        log.error("A block of instance %s failed", self.claimed.id, exc_info=failure)
        return run.Failed(token, "processes.defect", {"kind": type(failure).__name__})

    def _send_back(self) -> None:
        """Somebody holds what we want: keep what is done, rest, and ask the same block again."""
        self.sent_back = True
        self.turn.ready.append((self.claimed.at + self.pause, self.claimed.attempts + 1))

    def _world(self, effect: run.Perform | run.Resume) -> World:
        return World(
            call=self._call(effect.token, key=effect.key),
            record=self.memory.record,
            url=outside.url_of(self.memory.record),
            initiator=self.claimed.initiator,
            process=self.version.header.title,
            node=self._name(effect.node),
            kept=effect.kept if isinstance(effect, run.Resume) else None,
        )

    def _call(self, token: int = 0, *, key: str = "") -> Call:
        claimed, header = self.claimed, self.version.header
        return Call(
            by=claimed.initiator if header.acts_as is ActsAs.INITIATOR else None,
            at=claimed.at,
            key=f"{claimed.id}:{key}",
            cause=Cause(INSTANCE, claimed.id, token, header.definition, header.title),
            depth=claimed.depth + 1,
            on_behalf=claimed.initiator,
        )

    def _name(self, node: int) -> str:
        return self.version.graph.names[node]


def is_late(effect: run.Perform | run.Resume) -> bool:
    """Tell whether a block is resumed because its time is over."""
    return isinstance(effect, run.Resume) and effect.payload is None


def key(where: Mapping[str, Value]) -> str:
    """Make the key under which a subscription is found: the first of what it names."""
    short = (f"{name}={value}" for name, value in sorted(where.items()) if len(str(value)) <= listening.KEY_MAX)
    return next(short, "")


def rebuilt(payload: Mapping[str, Value] | None) -> Event | None:
    """Make the event anew from what the inbox kept of it; None when a block is resumed because its time ran out."""
    if payload is None:
        return None
    fields: dict[str, Any] = dict(payload)
    name, by, at = (fields.pop(word, None) for word in (wakes.EVENT, wakes.BY, wakes.AT))
    return events[str(name)](call=Call(by=typing.cast(int | None, by), at=at), **fields)


def _answer(outcome: Outcome, token: int) -> run.Event:
    if isinstance(outcome, Done):
        return run.Performed(token, outcome.results)
    return run.Waiting(token, outcome.event.name, outcome.where, outcome.until, outcome.kept)


def _encoded(where: Mapping[str, Value]) -> dict[str, Any]:
    return {name: values.encode(value) for name, value in where.items()}
