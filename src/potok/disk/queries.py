"""Questions about files."""

from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO

from potok.disk import hanging, rules, store
from potok.disk.models import File, Limits
from potok.kit.errors import MISSING


def limits() -> Limits:
    """What is let in now."""
    return Limits.objects.filter(pk=1).first() or Limits()


def file(id: int, *, by: int | None) -> File:
    """Fetch a file that the person may see, or refuse with `kit.missing`: who may not see it, need not know of it."""
    found = hanging.seen(File.objects.filter(pk=id), by=by)
    if not found:
        raise MISSING(id=id)
    return found[0]


def by_id(ids: Iterable[int], *, by: int | None) -> dict[int, File]:
    """Fetch those of these files that the person may see."""
    return {found.pk: found for found in hanging.seen(File.objects.filter(pk__in=list(ids)), by=by)}


def hung_on(kind: str, *, ids: Iterable[int]) -> dict[int, list[File]]:
    """Fetch the files of these things in one question, in the order in which they came.

    The caller has made sure that the things may be seen.
    """
    files: dict[int, list[File]] = defaultdict(list)
    for found in File.objects.filter(hangs_kind=kind, hangs_id__in=list(ids)).order_by("created_at", "pk"):
        files[found.hangs_id or 0].append(found)
    return dict(files)


def content(file: File) -> BinaryIO:
    """Open the bytes of a file, or refuse with `disk.file.lost`."""
    try:
        return store.path(file.digest).open("rb")
    except FileNotFoundError:
        raise rules.LOST(name=file.name) from None
