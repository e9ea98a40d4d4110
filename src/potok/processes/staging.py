"""What stages ask of the shell: a stage is entered, given to somebody, left. In sets, and no door knows them.

Entering a stage opens a line of the protocol, says where the process stands, and puts rights to its record in force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import encode, touch
from potok.kit.queries import Query
from potok.processes.acts import act

ENTER = """INSERT INTO processes_stagevisit (instance_id, stage, title, responsible_id, entered_at, begun_at, left_at,
        result, outcome, comment)
    SELECT instance, stage, title, responsible, at, CASE WHEN ends THEN at END, CASE WHEN ends THEN at END, '', '', ''
    FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::bigint[], %b::timestamptz[], %b::bool[])
        e(instance, stage, title, responsible, at, ends)"""
SAY = """UPDATE processes_instance i SET status_text = t.text FROM unnest(%b::bigint[], %b::text[]) t(id, text)
    WHERE i.id = t.id"""
GIVE = """UPDATE processes_stagevisit v SET responsible_id = g.person
    FROM unnest(%b::bigint[], %b::bigint[]) g(instance, person)
    WHERE v.instance_id = g.instance AND v.left_at IS NULL"""
LEAVE = """UPDATE processes_stagevisit v SET left_at = l.at, begun_at = coalesce(v.begun_at, l.at), result = l.result,
        outcome = l.outcome, comment = l.comment, by_id = l.by
    FROM unnest(%b::bigint[], %b::timestamptz[], %b::text[], %b::text[], %b::text[], %b::bigint[])
        l(instance, at, result, outcome, comment, by)
    WHERE v.instance_id = l.instance AND v.left_at IS NULL"""
DROP_RIGHTS = "DELETE FROM processes_stageright WHERE instance_id = ANY(%b::bigint[])"
GRANT = """INSERT INTO processes_stageright (instance_id, record_type, record_id, "right", people)
    SELECT i.id, i.record_type, i.record_id, g.act, g.people FROM processes_instance i
    JOIN unnest(%b::bigint[], %b::text[], %b::text[]::jsonb[]) g(instance, act, people) ON g.instance = i.id
    WHERE i.record_id IS NOT NULL"""
ADMIT = """INSERT INTO processes_admission (instance_id, person_id, added_at)
    SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::timestamptz[])
    ON CONFLICT (instance_id, person_id) DO NOTHING"""
# Whoever started an instance by hand leads it to its first stage; whoever only made a trigger match leads nothing.
STARTERS = """SELECT l.instance_id, l.by_id FROM processes_startlog l
    WHERE l.instance_id = ANY(%b::bigint[]) AND l.trigger ->> 'on' = 'manual'
        AND NOT EXISTS (SELECT 1 FROM processes_stagevisit v WHERE v.instance_id = l.instance_id)"""
OWNERS = """SELECT i.id, v.published_by_id FROM processes_instance i JOIN processes_version v ON v.id = i.version_id
    WHERE i.id = ANY(%b::bigint[])"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stage that is entered."""

    stage: str
    title: str
    status: str = ""
    responsible: int | None = None
    ends: bool = False
    rights: Mapping[str, Sequence[int]] = field(default_factory=dict)
    access: Sequence[int] = ()


def _enter(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    entered: list[tuple[int, datetime, Entry]] = [
        (call.cause.instance or 0, call.at, given["entry"]) for call, given in rows
    ]
    visits = [(id, one.stage, one.title, one.responsible, at, one.ends) for id, at, one in entered]
    sets.execute(ENTER, visits)
    sets.execute(SAY, [(id, one.status or one.title) for id, _, one in entered])
    sets.execute(DROP_RIGHTS, (), [id for id, _, _ in entered])
    rights = [(id, act, encode(list(whom))) for id, _, one in entered for act, whom in one.rights.items()]
    if rights:
        sets.execute(GRANT, rights)
    admitted = [(id, person, at) for id, at, one in entered for person in one.access]
    if admitted:
        sets.execute(ADMIT, admitted)
    return _touched(rows)


def _give(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    sets.execute(GIVE, [(call.cause.instance, given["person"]) for call, given in rows])
    return _touched(rows)


def _leave(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    sets.execute(
        LEAVE,
        [
            (call.cause.instance, call.at, given["result"], given["outcome"], given["comment"], given["by"])
            for call, given in rows
        ],
    )
    return _touched(rows)


def _touched(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    for call, _ in rows:
        touch("instance", call.cause.instance or 0)
    return [None] * len(rows)


def _starters_all(asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
    return _by_instance(STARTERS, asked)


def _starter(*, instance: int) -> int | None:
    """Name who started an instance by hand, while it has entered no stage."""


def _owners_all(asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
    return _by_instance(OWNERS, asked)


def _owner(*, instance: int) -> int | None:
    """Name who published the version that an instance follows."""


def _by_instance(statement: str, asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
    found = dict(sets.execute(statement, (), [given["instance"] for given in asked]))
    return [found.get(given["instance"]) for given in asked]


enter = act("processes.stage.enter", _enter)
give = act("processes.stage.give", _give)
leave = act("processes.stage.leave", _leave)
starter: Query[Any, int | None] = Query("processes.stage.starter", _starter, _starters_all)
owner: Query[Any, int | None] = Query("processes.stage.owner", _owner, _owners_all)
