"""Instances that are made and wait for their turn: behind another one on the record, or for a record somebody held.

A row here has somebody look at the place of an instance as soon as its record is free; under the record's lock it is
decided what becomes of all that wait there: see `settling`. Whoever ends an instance that others may wait for, and
cannot lock the record, leaves a row too: so neither the end nor the beginning is lost, whoever commits first, and
nobody waits.
"""

from collections.abc import Sequence

from potok.engine.values import RecordRef
from potok.kit import sets
from potok.processes import outside

LOOK = """INSERT INTO processes_startline (due, outcome, code, instance_id)
    SELECT (SELECT potok_now()), '', '', * FROM unnest(%b::bigint[])"""
Place = tuple[int, str, int]


def look_at(instances: Sequence[int]) -> None:
    """Have the places of these instances looked at when their records are free."""
    if instances:
        sets.execute(LOOK, (), list(instances))


def free(ended: Sequence[tuple[int, Place]]) -> list[Place]:
    """Lock the records of instances that end (their ids, with definition, type, record) and answer the places obtained.

    At the others somebody may be starting what we cannot see: they are looked at later.
    """
    wanted = {RecordRef(type, id) for _, (_, type, id) in ended}
    busy = outside.existing(wanted - outside.hold(wanted))
    look_at([instance for instance, (_, type, id) in ended if RecordRef(type, id) in busy])
    return [place for _, place in ended if RecordRef(place[1], place[2]) not in busy]
