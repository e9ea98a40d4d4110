"""Limits: what an administrator lets in."""

from collections.abc import Sequence

from potok.disk import queries, rules
from potok.disk.models import Limits
from potok.disk.permissions import EDIT_LIMITS
from potok.kit.calls import Call
from potok.kit.operations import operation


@operation("disk.limits.change", needs=EDIT_LIMITS)
def change(call: Call, *, megabytes_max: int | None = None, refused_endings: Sequence[str] | None = None) -> Limits:
    """Set how large a file may be and which endings are not taken; what is not given stays."""
    limits = queries.limits()
    if megabytes_max is not None:
        if not 1 <= megabytes_max <= rules.MEGABYTES_MOST:
            raise rules.WRONG_LIMIT(place="megabytes_max", most=rules.MEGABYTES_MOST)
        limits.megabytes_max = megabytes_max
    if refused_endings is not None:
        limits.refused_endings = sorted(
            {f".{text.strip(' .').lower()}" for text in refused_endings if text.strip(" .")}
        )
    limits.pk = 1
    limits.save()
    return limits
