"""The envelope of every answer: result and time, or error and description."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from potok.kit.dialects import Page, WireError
from potok.kit.errors import Forbidden, Missing, Overloaded, Refused

OPERATING_WINDOW_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Watch:
    """When a call came in; `times` says how long it has taken so far."""

    started: float

    @classmethod
    def start(cls) -> "Watch":
        return cls(time.time())

    def times(self) -> dict[str, Any]:
        finish = time.time()
        lasted = max(finish - self.started, 0.000001)
        return {
            "start": self.started,
            "finish": finish,
            "duration": lasted,
            "processing": lasted,
            "date_start": _moment(self.started),
            "date_finish": _moment(finish),
            "operating_reset_at": int(finish) + OPERATING_WINDOW_SECONDS,
            "operating": lasted,
        }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def success(answer: Any, watch: Watch) -> dict[str, Any]:
    """Wrap what a method answered."""
    if not isinstance(answer, Page):
        return {"result": answer, "time": watch.times()}
    body: dict[str, Any] = {"result": answer.result, "total": answer.total}
    if answer.next is not None:
        body["next"] = answer.next
    return body | {"time": watch.times()}


def failure(error: WireError) -> dict[str, Any]:
    """Say no: code and description, and nothing that looks like a result."""
    return {"error": error.code, "error_description": error.description}


def from_refused(refused: Refused) -> WireError:
    """What a refusal is called on the wire; a dialect that knows better raises a `WireError` itself."""
    if isinstance(refused, Forbidden):
        return WireError("ACCESS_DENIED", refused.sentence(), status=403)
    if isinstance(refused, Missing):
        return WireError("NOT_FOUND", refused.sentence())
    if isinstance(refused, Overloaded):
        return WireError("OVERLOADED", refused.sentence(), status=429)
    return WireError("ERROR_CORE", refused.sentence())
