"""What the core asks the shell to look up, and how the shell says that it has not loaded it yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from potok.engine.values import PersonRef, RecordRef, Value


class Named(NamedTuple):
    """A value of the instance.

    `source` is `Variable`, `Template` (a parameter), `Constant`, `Workflow`, `User`, or the name of a step, whose
    results these are. What the core put into `Step.assigned` is asked for under the same words. `scope`
    is 0 but for what belongs to one item of a list; it is kept until `Forget` names the scope.
    """

    source: str
    name: str
    scope: int = 0


class FieldOf(NamedTuple):
    """A field of a record or person."""

    of: RecordRef | PersonRef
    name: str


class GlobalOf(NamedTuple):
    """A value that all definitions share: `source` is `GlobalVar` or `GlobalConst`."""

    source: str
    name: str


class CalendarOf(NamedTuple):
    """When a person works, or the company: a `time.WorkingTime`."""

    person: PersonRef | None


Ask: TypeAlias = Named | FieldOf | GlobalOf | CalendarOf
Look: TypeAlias = Callable[[Ask], Value]


class NotLoaded(Exception):  # noqa: N818 -- it says what happened
    """Raised by the shell's `look` for what it has not loaded; passes through the evaluator untouched."""

    def __init__(self, *asks: Ask) -> None:
        super().__init__(*asks)
        self.asks = asks


class Unknown(Exception):  # noqa: N818
    """Raised by the shell's `look` for what does not exist, such as a deleted record. Becomes an incident."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True)
class Needs:
    """What was not loaded: load these and call `start` or `advance` again with the same arguments."""

    asks: tuple[Ask, ...]

    @classmethod
    def of(cls, asks: Iterable[Ask]) -> Needs:
        return cls(tuple(dict.fromkeys(asks)))
