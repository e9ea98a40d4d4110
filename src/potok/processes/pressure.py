"""Back-pressure: who starts processes from outside is asked to come again while those that began wait for too long."""

import time

from django.db import connection

from potok.kit.calls import INSTANCE, Call
from potok.processes import rules

LATE_MINUTES_MAX = 5
KEPT_SECONDS = 1.0  # many may ask at once, and the answer does not change that fast
# What is suspended waits for somebody else, and what is over for nobody.
LATE = """SELECT EXISTS (SELECT FROM processes_ready q JOIN processes_instance i ON i.id = q.instance_id
    WHERE q.due <= (SELECT potok_now()) - make_interval(mins => %s)
        AND i.suspended_at IS NULL AND i.ended_at IS NULL)"""


class _Known:
    late = False
    looked_at = float("-inf")


def check(call: Call) -> None:
    """Refuse a start that somebody asks for while too much is waiting; what instances start themselves goes on."""
    if call.cause.door != INSTANCE and _is_late():
        raise rules.OVERLOADED(minutes=LATE_MINUTES_MAX)


def _is_late() -> bool:
    now = time.monotonic()
    if now - _Known.looked_at >= KEPT_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(LATE, [LATE_MINUTES_MAX])
            _Known.late = cursor.fetchone()[0]
        _Known.looked_at = now
    return _Known.late
