"""How running instances go to another version: under their own locks, in sets, each whole or not at all.

The same code rehearses and carries out; a rehearsal is rolled back. Instances that somebody holds are left for later.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from potok.engine import run
from potok.engine.graph import Graph
from potok.engine.problems import Problem, Problems, _, problem
from potok.engine.run.carrying import carried
from potok.engine.run.migrating import Migrated, Plan, migrate
from potok.kit import sets
from potok.kit.calls import INSTANCE, Call, Cause
from potok.kit.events import touch
from potok.processes import acts, asking, claiming, counting, keeping, published, told, wakes, waking
from potok.processes.models import Migrant, Migration
from potok.processes.turn import Claimed, Ear, Turn

DEFECT = problem(
    "processes.migration_defect",
    _("It could not be moved: Potok itself made a mistake."),
    hint=_("It goes on in its version. The log of the worker says what happened: tell whoever looks after Potok."),
)
LOCK = """SELECT i.id, i.ended_at IS NOT NULL, i.status FROM processes_instance i WHERE i.id = ANY(%b::bigint[])
    ORDER BY i.id FOR NO KEY UPDATE SKIP LOCKED"""
FOLLOW = """UPDATE processes_instance i SET version_id = t.version
    FROM unnest(%b::bigint[], %b::bigint[]) t(id, version) WHERE i.id = t.id"""
LOCAL_VALUES = "SELECT instance_id, scope, data FROM processes_localvalues WHERE instance_id = ANY(%b::bigint[])"
KEEP_LOCAL = """UPDATE processes_localvalues v SET data = t.data
    FROM unnest(%b::bigint[], %b::int[], %b::bytea[]) t(id, scope, data)
    WHERE v.instance_id = t.id AND v.scope = t.scope"""
RENAME = """UPDATE processes_{table} a SET node = t.now
    FROM unnest(%b::bigint[], %b::int[], %b::text[]) t(id, token, now)
    WHERE a.instance_id = t.id AND a.token = t.token AND a.{still} AND a.node <> t.now"""
RENAMES = (
    RENAME.format(table="assignment", still="status = 'open'"),
    RENAME.format(table="incident", still="resolved_at IS NULL"),
)


@dataclass(slots=True)
class Moved:
    """What became, or would become, of one instance: an outcome of `Migrant`, the problems that keep it, and the steps
    at which it stood and stands."""

    instance: int
    outcome: int
    problems: list[Problem] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def plain(self) -> str:
        """Its problems as they are stored: the code and the fields, so that each reader has them in his language."""
        return json.dumps([{"code": each.code, "fields": dict(each.fields)} for each in self.problems], default=str)


def plan_of(plain: Mapping[str, Any], *, old: Graph, new: Graph) -> Plan:
    """Read a plan that names steps; a step that one of the versions does not have goes nowhere."""
    known = {name: node for node, name in enumerate(new.names)}
    pairs = plain.get("to", {}).items()
    to = {old.node(here): known[there] for here, there in pairs if here in old.names and there in known}
    anew = frozenset(old.node(name) for name in plain.get("anew", ()) if name in old.names)
    return Plan(to, anew, drops=bool(plain.get("drops")))


def plain_of(plan: Plan, *, old: Graph, new: Graph) -> dict[str, Any]:
    """Write a plan by names of steps."""
    return {
        "to": {old.names[here]: new.names[there] for here, there in sorted(plan.to.items())},
        "anew": sorted(old.names[node] for node in plan.anew),
        "drops": plan.drops,
    }


def move(call: Call, migration: Migration, instances: Sequence[int]) -> list[Moved]:
    """Move instances, each whole or not at all; those that somebody holds are not in the answer."""
    old, new = published.version(migration.old_id), published.version(migration.new_id)
    plan = plan_of(migration.plan, old=old.graph, new=new.graph)
    free = {id: (is_over, status) for id, is_over, status in sets.execute(LOCK, (), sorted(instances))}
    crossing = _Crossing(call, migration, old, new, plan)
    for claimed in _claimed(sorted(free)):
        is_over, status = free[claimed.id]
        crossing.take(claimed, is_over=is_over, status=status)
    crossing.keep()
    return crossing.moved


def _claimed(ids: Sequence[int]) -> list[Claimed]:
    rows = sets.execute(claiming.INSTANCES, (), list(ids)) if ids else ()
    return sorted((Claimed(*row) for row in rows), key=lambda one: one.id)


@dataclass(slots=True)
class _Crossing:
    """A batch on its way: decides one after another, keeps all at once."""

    call: Call
    migration: Migration
    old: published.Published
    new: published.Published
    plan: Plan
    moved: list[Moved] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    renamed: list[tuple[int, int, str]] = field(default_factory=list)
    posted: list[tuple[int, str, int, str]] = field(default_factory=list)
    withdrawn: list[tuple[Call, int, int]] = field(default_factory=list)
    ended: list[tuple[Call, dict[str, Any]]] = field(default_factory=list)

    def take(self, claimed: Claimed, *, is_over: bool, status: int) -> None:
        """Decide about one instance."""
        if is_over or claimed.version != self.old.id:
            self.moved.append(Moved(claimed.id, Migrant.GONE))
            return
        values_then = carried(json.loads(claimed.data or b"{}"), self.old.graph, self.new.graph, self.plan)
        state = run.State.decode(claimed.state) if claimed.state else None
        answer = migrate(state, self.old.graph, self.new.graph, self.plan) if state else Migrated(run.State())
        problems = [each for found in (answer, values_then) if isinstance(found, Problems) for each in found]
        if problems or isinstance(answer, Problems) or isinstance(values_then, Problems):
            self.moved.append(Moved(claimed.id, Migrant.REFUSED, problems, _steps(self.old, state)))
            return
        turn = self._turn(
            claimed, answer, data=written(values_then), status=int(answer.state.status) if state else status
        )
        if state is None:
            turn.state = b""
        self.turns.append(turn)
        before, after = _steps(self.old, state), _steps(self.new, answer.state)
        self.moved.append(Moved(claimed.id, Migrant.MOVED, before=before, after=after))

    def _turn(self, claimed: Claimed, answer: Migrated, *, data: bytes, status: int) -> Turn:
        followed = replace(claimed, version=self.new.id)
        turn = Turn(followed, state=answer.state.encode(), status=status, data=data)
        journal = answer.journal or (run.Entry("migrated", 0, 0),)
        turn.told = [[told.MIGRATED, self.migration.pk]]
        turn.entries = [_signed(entry, self.migration, by=self.call.author) for entry in journal]
        turn.begun = list(counting.held(answer.state.tokens).items())
        turn.left = [one.token for one in answer.journal if one.what == "withdrawn"]
        if answer.state.status is run.Status.RUNNING:
            turn.ready.append((self.call.at, 0))
        for effect in answer.effects:
            self._note(turn, effect)
        names = self.new.graph.names
        self.renamed += [(claimed.id, token.id, names[token.node]) for token in answer.state.tokens]
        self.posted += [(claimed.id, wakes.MOVED, token, "{}") for token in answer.looks_again]
        return turn

    def _note(self, turn: Turn, effect: run.Effect) -> None:
        instance = turn.claimed
        match effect:
            case run.CancelTimer(token):
                turn.timers[token], turn.ears[token] = None, None
            case run.Unlisten(token):
                turn.ears[token] = None
            case run.SetTimer(token, due, watches):
                turn.timers[token] = due
                turn.ears[token] = _ear(instance, token, event="record", watches=watches)
            case run.Listen(token=token, event=event, watches=watches):
                turn.ears[token] = _ear(instance, token, event=event or "record", watches=watches)
            case run.Withdraw(token):
                turn.mended.append(token)
                self.withdrawn.append((self.call.by_system(), instance.id, token))
            case run.EndProcess(token):
                cause = Cause(INSTANCE, instance.id, token)
                self.ended.append((replace(self.call.by_system(), cause=cause), {"instance": instance}))

    def keep(self) -> None:
        """Keep all that was decided."""
        if not self.turns:
            return
        keeping.keep(self.turns)
        sets.execute(FOLLOW, [(turn.claimed.id, self.new.id) for turn in self.turns])
        for statement in RENAMES if self.renamed else ():
            sets.execute(statement, self.renamed)
        self._rename_local()
        if self.withdrawn:
            asking.withdraw(self.withdrawn)
        if self.ended:
            acts.end_called.many(self.ended)
        acts.post(self.posted)
        if any(turn.ready for turn in self.turns):
            waking.after_commit()
        for turn in self.turns:
            touch("instance", turn.claimed.id)

    def _rename_local(self) -> None:
        """Results that belong to items of lists follow their steps too."""
        names = new_names(self.plan, old=self.old.graph, new=self.new.graph)
        rows = sets.execute(LOCAL_VALUES, (), [turn.claimed.id for turn in self.turns]) if names else ()
        kept = [(instance, scope, renamed(bytes(data), names)) for instance, scope, data in rows]
        if kept:
            sets.execute(KEEP_LOCAL, kept)


def new_names(plan: Plan, *, old: Graph, new: Graph) -> dict[str, str]:
    """Tell which steps go by another name in the new version, by the name they had."""
    before, after = old.names, new.names
    return {before[here]: after[there] for here, there in plan.to.items() if before[here] != after[there]}


def renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    """Let the values of an item follow the steps that gave them."""
    return written({names.get(source, source): held for source, held in json.loads(data).items()})


def written(plain: Mapping[str, Any]) -> bytes:
    """Write values that are JSON already."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _ear(instance: Claimed, token: int, *, event: str, watches: Sequence[str]) -> Ear | None:
    if not watches or instance.record_id is None:
        return None
    return Ear(token, event, f"{instance.record_type}={instance.record_id}", watches=watches)


def _signed(entry: run.Entry, migration: Migration, *, by: int | None) -> run.Entry:
    if entry.what != "migrated":
        return entry
    told_of = {"was": migration.old_id, "now": migration.new_id, "migration": migration.pk, "by": by}
    return entry._replace(detail=told_of)


def _steps(version: published.Published, state: run.State | None) -> list[str]:
    return [version.title_of(token.node) for token in state.tokens] if state else []
