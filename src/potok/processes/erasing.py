"""What is over and kept long enough goes: in small shares, so that nobody waits behind it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from potok.kit import clock
from potok.kit.events import gathered
from potok.processes import partitions
from potok.processes.models import Definition, Instance

# What hangs on an instance by foreign keys, Django deletes; this is the rest. The journal goes with its instance, even
# if its definition keeps lines for longer: they say nothing without it.
LOOSE = (
    "UPDATE processes_startlog SET instance_id = NULL WHERE instance_id = ANY(%s)",
    "UPDATE processes_instance SET parent_id = NULL, parent_token = NULL WHERE parent_id = ANY(%s)",
    "DELETE FROM processes_visit WHERE instance_id = ANY(%s)",
    "DELETE FROM processes_migrant WHERE instance_id = ANY(%s)",
    "DELETE FROM processes_journal WHERE instance_id = ANY(%s)",
)
OLD = """SELECT id FROM processes_instance WHERE definition_id = %s AND ended_at < %s ORDER BY id LIMIT %s
    FOR UPDATE SKIP LOCKED"""
SHARE_MAX = 200
# Rows that came when the instance was over already: whoever added them did not hold its lock, and nobody reads them.
STRAYS = [
    f"""DELETE FROM {table} WHERE id IN (SELECT q.id FROM {table} q JOIN processes_instance i ON i.id = q.instance_id
        WHERE i.ended_at IS NOT NULL ORDER BY q.id LIMIT %s)"""  # noqa: S608 (names of our own tables)
    for table in ("processes_ready", "processes_inbox")
]
# Whoever sends a message under a key again does so within days.
MESSAGES = """DELETE FROM processes_message WHERE id IN (
    SELECT id FROM processes_message WHERE at < potok_now() - interval '90 days' ORDER BY at LIMIT %s)"""


def erase(instances: Sequence[int]) -> None:
    """Delete these instances with everything that was kept of them."""
    with connection.cursor() as cursor:
        for statement in LOOSE:
            cursor.execute(statement, [list(instances)])
    Instance.objects.filter(pk__in=instances).delete()


def erase_expired(*, shares: int = 50) -> int:
    """Delete what is over for longer than its definition keeps it, a small transaction at a time; answers how many."""
    erased = 0
    for definition, months in Definition.objects.exclude(instance_months=None).values_list("pk", "instance_months"):
        before = _months_before(clock.now(), months or 0)
        for _ in range(shares):
            found = _share(definition, before)
            erased += found
            if found < SHARE_MAX:
                break
    return erased


def sweep(*, shares: int = 50) -> int:
    """Delete what came for instances that were over, and messages nobody sends again; answers how many rows."""
    swept = 0
    for statement in (*STRAYS, MESSAGES):
        for _ in range(shares):
            with connection.cursor() as cursor:
                cursor.execute(statement, [SHARE_MAX])
                found = cursor.rowcount
            swept += found
            if found < SHARE_MAX:
                break
    return swept


def _share(definition: int, before: datetime) -> int:
    with gathered(), connection.cursor() as cursor:
        cursor.execute(OLD, [definition, before, SHARE_MAX])
        ids = [row[0] for row in cursor.fetchall()]
        if ids:
            erase(ids)
        return len(ids)


def _months_before(now: datetime, months: int) -> datetime:
    first = partitions.months_after(now.date(), -months)
    last = partitions.months_after(first, 1) - first
    return now.replace(year=first.year, month=first.month, day=min(now.day, last.days))
