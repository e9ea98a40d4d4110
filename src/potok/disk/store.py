"""Bytes on the disk of the server, under the name of their content: `files/ab/cd/abcd…`.

Bytes are whole and on the disk before a row names them: written aside, flushed, renamed into place, and the folder
flushed too. Equal content is kept once.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import puremagic
from django.conf import settings

from potok.disk import rules
from potok.kit.ids import new_key

BLOCK_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: its digest, how much, and what the first bytes look like."""

    digest: str
    size_bytes: int
    head: bytes


def root() -> Path:
    return Path(settings.FILES)


def path(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return root() / digest[:2] / digest[2:4] / digest


def blocks(content: bytes | BinaryIO) -> Iterator[bytes]:
    """Cut content into blocks."""
    if isinstance(content, bytes):
        yield content
        return
    while block := content.read(BLOCK_BYTES):
        yield block


def put(content: Iterable[bytes], *, name: str, most: int) -> Stored:
    """Write bytes and flush them to the disk, or refuse them as empty or too large and leave nothing behind."""
    aside = root() / "aside"
    aside.mkdir(parents=True, exist_ok=True)
    half = aside / new_key()
    try:
        stored = _write(half, content, name=name, most=most)
        _into_place(half, path(stored.digest))
    finally:
        half.unlink(missing_ok=True)
    return stored


def type_of(name: str, *, head: bytes) -> str:
    """Say what media type the content has by its first bytes.

    The name only decides between types that look alike: a spreadsheet is a zip archive.
    """
    try:
        found = puremagic.magic_string(head, filename=name)
    except (puremagic.PureError, ValueError):
        return rules.UNKNOWN
    best = found[0]
    # Without bytes to go by, only the name spoke; what may be shown in place is not believed to a name.
    if best.mime_type in rules.SHOWN_INLINE and not best.byte_match:
        return rules.UNKNOWN
    return best.mime_type or rules.UNKNOWN


def is_program(head: bytes) -> bool:
    """Tell whether the first bytes are those of a Windows program, under whatever name it comes."""
    # Text may begin with the same two letters, but not go on with the rest of such a header.
    return head[:2] == b"MZ" and 0 in head[:64]


def _write(half: Path, content: Iterable[bytes], *, name: str, most: int) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    with half.open("xb") as file:
        for block in content:
            size += len(block)
            if size > most:
                break
            digest.update(block)
            head += block[: rules.HEAD_BYTES - len(head)]
            file.write(block)
        rules.check_size(name, size=size, most=most)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size, head)


def _into_place(half: Path, place: Path) -> None:
    if place.exists():
        return
    fresh = [folder for folder in (place.parent, place.parent.parent) if not folder.exists()]
    place.parent.mkdir(parents=True, exist_ok=True)
    half.rename(place)
    for folder in {place.parent, *(folder.parent for folder in fresh)}:
        _flush(folder)


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
