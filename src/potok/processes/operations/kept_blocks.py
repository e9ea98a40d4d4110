"""«My blocks»: what a person has filled in once, kept by name to be drawn with again."""

import json
from collections.abc import Sequence
from typing import Any

from potok.kit.calls import Call
from potok.kit.errors import MISSING, refusal
from potok.kit.operations import operation
from potok.kit.words import _
from potok.processes.models import KeptBlock
from potok.processes.permissions import EDIT

COUNT_MAX, SIZE_MAX = 100, 64_000
NOBODY = refusal("processes.kept_block.nobody", _("Blocks are kept for a person. Sign in as one."))
NO_STEPS = refusal("processes.kept_block.empty", _("There is nothing to keep. Choose a block first."))
UNTITLED = refusal("processes.kept_block.untitled", _("The block needs a name, so that you find it again."))
TOO_MUCH = refusal(
    "processes.kept_block.too_much", _("That is too much to keep. Remove a block that you do not need any more.")
)


@operation("processes.kept_block.keep", needs=EDIT)
def keep(call: Call, *, title: str, steps: Any) -> KeptBlock:
    """Keep steps for oneself by a name; those of the same name are replaced."""
    if call.author is None:
        raise NOBODY()
    if not title.strip():
        raise UNTITLED(place="title")
    if not isinstance(steps, list) or not steps or not all(isinstance(step, dict) for step in steps):
        raise NO_STEPS(place="steps")
    others = KeptBlock.objects.filter(person=call.author).exclude(title=title.strip())
    if len(json.dumps(steps, default=str)) > SIZE_MAX or others.count() >= COUNT_MAX:
        raise TOO_MUCH(place="steps")
    kept, _created = KeptBlock.objects.update_or_create(
        person_id=call.author, title=title.strip(), defaults={"steps": steps, "kept_at": call.at}
    )
    return kept


@operation("processes.kept_block.remove", needs=EDIT)
def remove(call: Call, *, kept: KeptBlock) -> None:
    """Keep a block of one's own no longer."""
    if call.by is not None and kept.person_id != call.by:
        raise MISSING(id=kept.pk)
    kept.delete()


def of(person: int | None) -> Sequence[KeptBlock]:
    """What a person has kept, by name."""
    return list(KeptBlock.objects.filter(person=person))
