"""What hangs on records and follows them when they become one: each part moves its own, and can move it back.

    followers.add("tasks", Follower(count=…, move=…, back=…))

`count` says for how many things of the lost ones that would be, for the preview. `move` answers, as JSON, all that
`back` needs; `back` leaves alone what somebody has changed since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Follower:
    """How things of one kind follow."""

    title: str | Promise
    count: Callable[[Sequence[RecordRef]], int]
    move: Callable[[Call, Sequence[RecordRef], RecordRef], Any]
    back: Callable[[Call, Any], None]


followers: Registry[Follower] = Registry("follower of merged records")
