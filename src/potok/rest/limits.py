"""How fast one caller may ask: a leaky bucket per web-hook owner and address.

The bucket lives in the web process: several processes let a caller be that many times faster, which is harmless; what
it stops is one runaway client.
"""

import threading
import time

from django.conf import settings

from potok.kit.dialects import WireError

CALLERS_MAX = 10_000
_buckets: dict[str, tuple[float, float]] = {}
_lock = threading.Lock()


def check(caller: str) -> None:
    """Count one call; beyond the limit the caller is told to slow down."""
    now = time.monotonic()
    with _lock:
        level, at = _buckets.pop(caller, (0.0, now))
        level = max(0.0, level - (now - at) * settings.REST_CALLS_PER_SECOND)
        refused = level + 1 > settings.REST_CALLS_BURST
        _buckets[caller] = (level if refused else level + 1, now)
        if len(_buckets) > CALLERS_MAX:
            del _buckets[next(iter(_buckets))]
    if refused:
        raise WireError("QUERY_LIMIT_EXCEEDED", "Too many requests", status=503)
