"""Back-pressure: who starts processes from outside is asked to come again while those that began wait for too long."""

import time

from django.db import connection

from potok.kit.calls import INSTANCE, Call
from potok.processes import rules

LATE_MINUTES_MAX = 5
# Many may ask at once, and the answer does not change that fast. While a snapshot is kept open, looking takes longer.
KEPT_SECONDS, KEPT_SHARE = 1.0, 20
# What is suspended waits for somebody else, and what is over for nobody.
LATE = """SELECT EXISTS (SELECT FROM processes_ready q JOIN processes_instance i ON i.id = q.instance_id
    WHERE q.due <= (SELECT potok_now()) - make_interval(mins => %s)
        AND i.suspended_at IS NULL AND i.ended_at IS NULL)"""


class _Known:
    late = False
    until = float("-inf")


def check(call: Call) -> None:
    """Refuse a start that somebody asks for while too much is waiting; what instances start themselves goes on."""
    if call.cause.door != INSTANCE and _is_late():
        raise rules.OVERLOADED(minutes=LATE_MINUTES_MAX)


def _is_late() -> bool:
    begun = time.monotonic()
    if begun >= _Known.until:
        with connection.cursor() as cursor:
            cursor.execute(LATE, [LATE_MINUTES_MAX])
            _Known.late = cursor.fetchone()[0]
        took = time.monotonic() - begun
        _Known.until = begun + max(KEPT_SECONDS, KEPT_SHARE * took)
    return _Known.late
