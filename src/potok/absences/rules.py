"""Decisions about what goes to whom while somebody is away, from values alone."""

from collections.abc import Collection, Mapping, Sequence

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

NOTHING_PASSED = refusal(
    "absences.nothing_passed",
    _("This does not lie with somebody else for you any more. Look at the list again."),
    family=Overtaken,
)
NOBODY = refusal("absences.nobody", _("Nobody is named who is away. Name somebody in the definition."))
NO_DAY = refusal("absences.no_day", _("Say from which day to which you are away."))


def first_of(candidates: Sequence[int], *, barred: Collection[int]) -> int | None:
    """Who gets a thing: the first who may; nobody, if none may."""
    return next((one for one in candidates if one not in barred), None)


def spread(
    wanted: Sequence[tuple[int, Collection[int]]], *, candidates: Mapping[int, Sequence[int]]
) -> list[int | None]:
    """Who gets each thing (its owner, who is barred from it)."""
    return [first_of(candidates.get(owner, ()), barred={owner, *barred}) for owner, barred in wanted]
