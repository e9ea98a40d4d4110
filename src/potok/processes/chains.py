"""Which processes led to a start, back to the person or the clock that began it all."""

from collections.abc import Mapping
from typing import Any

from potok.kit.calls import Call
from potok.processes.models import Instance

LINKS_MAX = 12


def of(call: Call) -> list[Mapping[str, Any]]:
    """List the causes, the latest first: each as `Cause.plain` writes it. Asked only when a chain is stopped."""
    found: list[Mapping[str, Any]] = [call.cause.plain()]
    while len(found) < LINKS_MAX and (instance := found[-1].get("instance")):
        cause = Instance.objects.filter(pk=instance).values_list("cause", flat=True).first()
        if not cause:
            break
        found.append(cause)
    return found
