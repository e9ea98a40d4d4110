"""`GET /health`: which parts really answer, each asked anew."""

from dataclasses import dataclass

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse

from potok.site.address import parameters

# The worker holds this lock, shared with other workers, on a connection on which it says something every other second.
WORKER_LOCK = 0x706F_746F_0002
WORKER_SILENCE_SECONDS_MAX = 10

_WORKER = """
SELECT EXISTS (
    SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (l.classid::bigint << 32) | l.objid::bigint = %s
      AND a.query_start > clock_timestamp() - make_interval(secs => %s))
"""


@dataclass(frozen=True)
class Health:
    """What answers; the server does, since it says so."""

    database: bool
    worker: bool

    @property
    def is_good(self) -> bool:
        return self.database and self.worker


def examine() -> Health:
    """Ask the database, and through it the worker, on a fresh connection: a pool would wait for better days."""
    try:
        with psycopg.connect(**parameters(), connect_timeout=3) as asked:
            found = asked.execute(_WORKER, [WORKER_LOCK, WORKER_SILENCE_SECONDS_MAX]).fetchone()
    except psycopg.Error:
        return Health(database=False, worker=False)
    return Health(database=True, worker=bool(found and found[0]))


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Answer 200 when all parts are up, 503 naming each that is not."""
    health = examine()
    parts = {"server": "up", **{name: _word(vars(health)[name]) for name in ("database", "worker")}}
    answer = JsonResponse({"status": _word(health.is_good), "parts": parts}, status=200 if health.is_good else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def _word(is_up: bool) -> str:
    return "up" if is_up else "down"
