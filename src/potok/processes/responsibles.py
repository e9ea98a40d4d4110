"""Who gets a stage: a decision from values alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from potok.kit.errors import Forbidden, Overtaken, refusal
from potok.kit.words import _

NOBODY = refusal(
    "processes.stage_without_anybody",
    _("There is nobody to work on “{title}”. Name somebody in the definition, then retry."),
)
NO_RESULT = refusal(
    "processes.stage_without_result",
    _("The time for “{title}” is over and nobody chose a result. Say in the definition which one counts, then retry."),
)
NOT_RESPONSIBLE = refusal(
    "processes.stage_not_yours",
    _("“{title}” is somebody else's to work on. Ask him to hand it over to you."),
    family=Forbidden,
)
NO_STAGE = refusal("processes.no_stage", _("The process stands on no stage now. Look at it again."), family=Overtaken)
STAGE_FORBIDS = refusal(
    "processes.stage_forbids",
    _("“{definition}” runs on this record and lets only others change it on its present stage. Ask one of them."),
    family=Forbidden,
)
NO_PART = refusal(
    "processes.no_part", _("You take no part in this run. Ask whoever started it to let you in."), family=Forbidden
)
NOT_LEADING = refusal(
    "processes.not_leading",
    _("Whoever started the run or works on its stage decides about that. Ask them."),
    family=Forbidden,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is responsible; or, with `asks`, who is to say it. Neither: nobody is needed."""

    responsible: int | None = None
    asks: int | None = None


def choose(
    *,
    picked: int | None,
    listed: Sequence[int],
    online: Collection[int],
    acting: int | None,
    is_needed: bool,
    owner: int | None,
) -> Choice:
    """Decide who gets a stage.

    Whoever was picked by hand; else, of those listed, the first who is online. If none is, whoever led the process here
    picks somebody by hand. If nobody did (a pause ended, a trigger started it), the first listed gets it, and if there
    is none, the owner of the definition.
    """
    here = next((person for person in listed if person in online), None)
    if picked is not None or here is not None:
        return Choice(picked if picked is not None else here)
    if not is_needed:
        return Choice(listed[0] if listed else None)
    if acting is not None:
        return Choice(asks=acting)
    return Choice(listed[0] if listed else owner)
