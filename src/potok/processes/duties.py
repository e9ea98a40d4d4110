"""Decisions about what people owe a process, from values alone: how answers decide, what follows when time or people
run out, who may hand an assignment on. The form itself is judged in `rules`."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from potok.engine import values
from potok.engine.values import Duration
from potok.kit.errors import Forbidden, Overtaken, refusal
from potok.kit.words import _

APPROVED, REJECTED, DONE, DECLINED = "approved", "rejected", "done", "declined"

CLAIMED = refusal(
    "processes.assignment_claimed",
    _("{who} has taken this assignment. Ask for it to be given back, or take another one."),
    family=Overtaken,
)
NOT_A_QUEUE = refusal(
    "processes.assignment_not_queued", _("This assignment is not in a queue: it is yours already, answer it.")
)
NOT_CLAIMED = refusal("processes.assignment_not_claimed", _("You have not taken this assignment."), family=Overtaken)
MAY_NOT_DELEGATE = refusal(
    "processes.delegation_forbidden",
    _("The definition does not let you hand this assignment over. Ask your head or an administrator to do it."),
    family=Forbidden,
)
ONLY_SUBORDINATES = refusal(
    "processes.delegation_to_subordinates",
    _("This assignment may be handed over to your subordinates only. Choose one of them."),
)
OWN_REQUEST = refusal(
    "processes.own_request",
    _("{who} started this process, and nobody decides about an own request. Choose somebody else."),
)
MAY_NOT_DIRECT = refusal(
    "processes.assignment_not_directed",
    _("Only heads of those who are asked, and administrators, may do this. Ask one of them."),
    family=Forbidden,
)
LAST_ONE = refusal(
    "processes.last_person", _("Nobody else is asked here. Hand the assignment over to somebody instead.")
)
PERSON_LEFT = refusal(
    "processes.person_left",
    _("{who} has left, and “{title}” waits for this answer. Give the assignment to somebody else."),
)
NOTHING_CHANGES = refusal("processes.assignment_same", _("Nothing is different. Change the text or the deadline."))
DUE_PASSED = refusal("processes.due_passed", _("This moment has passed already. Choose a later one."))
SAME_HEIR = refusal("processes.heir_same", _("Choose somebody else than the person who hands over."))


class Delegate(StrEnum):
    """To whom somebody who is asked may hand his part."""

    ALL = "all"
    SUBORDINATES = "subordinates"
    NOBODY = "nobody"


class Nobody(StrEnum):
    """What happens when nobody is left to ask."""

    INCIDENT = "incident"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    SKIP = "skip"


class Give(StrEnum):
    """How an assignment that one answer closes comes to several people."""

    EVERYBODY = "everybody"
    QUEUE = "queue"
    EVEN = "even"


class Act(StrEnum):
    """What a rung of the ladder does, the gentlest first."""

    REMIND = "remind"
    REASSIGN = "reassign"
    HEAD = "head"
    CLOSE = "close"


Shift = Callable[[datetime, Duration], datetime]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What follows when nobody answers, counted from the deadline, or from the opening where there is none.

    `before` reminds ahead of the deadline, `every` again and again behind it. `working` counts in working time.
    """

    before: tuple[Duration, ...] = ()
    every: Duration | None = None
    reassign: Duration | None = None
    reassign_to: tuple[str, ...] = ()
    head: Duration | None = None
    close: Duration | None = None
    working: bool = False

    def moments(self, *, opened: datetime, due: datetime | None, after: datetime, shift: Shift) -> "Iterator[Rung]":
        """Every rung later than a moment, in no order; of the repeated reminders only the next one."""
        start = due or opened
        once = [(Act.REASSIGN, self.reassign), (Act.HEAD, self.head), (Act.CLOSE, self.close)]
        rungs = [Rung(shift(start, lasts), act) for act, lasts in once if lasts is not None]
        if due is not None:
            rungs += [Rung(shift(due, _back(lasts)), Act.REMIND) for lasts in self.before]
        if self.every is not None and (again := _next(start, self.every, after=after, shift=shift)):
            rungs.append(Rung(again, Act.REMIND))
        # A reminder whose moment lay before the opening would come at once: nobody has been slow yet.
        yield from (rung for rung in rungs if rung.at > after)


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """One step of the ladder."""

    at: datetime
    act: Act


def _back(lasts: Duration) -> Duration:
    return Duration(-lasts.months, -lasts.days, -lasts.seconds)


def _times(lasts: Duration, count: int) -> Duration:
    return Duration(lasts.months * count, lasts.days * count, lasts.seconds * count)


def _next(start: datetime, every: Duration, *, after: datetime, shift: Shift) -> datetime | None:
    """The first of `start + every`, `start + 2 every`, … that is later than `after`, in a few dozen steps at most."""
    if shift(start, every) <= start:
        return None
    many = 1
    while shift(start, _times(every, many)) <= after:
        many *= 2
    few = many // 2
    while many - few > 1:
        middle = (many + few) // 2
        few, many = (few, middle) if shift(start, _times(every, middle)) > after else (middle, many)
    return shift(start, _times(every, many))


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes with an assignment besides its form. Kept as JSON; what is as usual is not written.

    `of` are the codes of those to whom a queue was given, if there are groups among them: see `membership`.
    """

    delegate: str = Delegate.ALL
    nobody: str = Nobody.INCIDENT
    nobody_answer: str = ""
    barred: tuple[int, ...] = ()
    private: bool = False
    of: tuple[str, ...] = ()
    skip_absent: bool = False
    ladder: Ladder = field(default_factory=Ladder)

    def plain(self) -> dict[str, Any]:
        """Write them as JSON."""
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "ladder"}
        ladder = {one.name: _plain(getattr(self.ladder, one.name)) for one in fields(Ladder)}
        climbs = {name: plain for name, plain in ladder.items() if plain}
        kept = {name: _plain(each) for name, each in rest.items() if each != getattr(_USUAL, name)}
        return {**kept, "ladder": climbs} if climbs else kept

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "Terms":
        """Read what `plain` wrote."""
        rest: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in plain.items()}
        ladder = {name: _value(each) for name, each in rest.pop("ladder", {}).items()}
        return cls(**rest, ladder=Ladder(**ladder))


_USUAL = Terms()


def _plain(given: Any) -> Any:
    if isinstance(given, tuple):
        return [_plain(each) for each in given]
    return values.encode(given) if isinstance(given, Duration) else given


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    return values.decode(plain) if isinstance(plain, dict) else plain


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's answer to an approval."""

    person: int
    answer: str
    comment: str = ""
    at: datetime | None = field(default=None, compare=False)


def decide(mode: str, votes: Sequence[Vote], *, asked: int, percent: int = 50, wait: bool = False) -> str:
    """Decide an approval by its votes, the earliest first: one of the answers, or empty while it is open.

    `any`: the first answer decides. `all` and `order`: everybody has to approve, the first who does not decides.
    `vote`: enough of those asked approve, decided as soon as nothing can change it, or with `wait` when all have voted.
    A vote that fails ends with the answer that most of the others gave; a tie is a rejection.
    """
    others = [vote.answer for vote in votes if vote.answer != APPROVED]
    if mode != "vote":
        if mode == "any" and votes:
            return votes[0].answer
        return others[0] if others else (APPROVED if votes and len(votes) >= asked else "")
    if wait and len(votes) < asked:
        return ""
    needed = max(1, -(-asked * percent // 100))
    if len(votes) - len(others) >= needed:
        return APPROVED
    return _most(others) if asked - len(others) < needed else ""


def percent(count: int, *, of: int) -> int:
    """Give a share of those asked in whole per cent; of nobody it is none."""
    return round(100 * count / of) if of else 0


def _most(answers: Sequence[str]) -> str:
    counted = Counter(answers).most_common(2)
    is_tie = len(counted) > 1 and counted[0][1] == counted[1][1]
    return REJECTED if is_tie or not counted else counted[0][0]


def check_delegation(terms: Terms, *, to: int, subordinates: Collection[int]) -> None:
    """Refuse to hand one's own part over against what the definition says."""
    if terms.delegate == Delegate.NOBODY:
        raise MAY_NOT_DELEGATE()
    if terms.delegate == Delegate.SUBORDINATES and to not in subordinates:
        raise ONLY_SUBORDINATES(place="to")


def spread(queues: Iterable[Sequence[int]], *, load: Mapping[int, int]) -> list[int]:
    """Give each queue's assignment to whoever of it has the fewest open ones, counting those given on the way."""
    held = Counter(load)
    chosen = []
    for queue in queues:
        least = min(queue, key=lambda person: held[person])
        held[least] += 1
        chosen.append(least)
    return chosen
