"""Files: added, hung on things, removed."""

from typing import BinaryIO

from potok.disk import hanging, rules, store, sweeping
from potok.disk.events import FileAdded, FileRemoved
from potok.disk.hanging import Place
from potok.disk.models import File
from potok.disk.queries import limits
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation


@operation("disk.file.add", needs="")
def add(call: Call, *, name: str, content: bytes | BinaryIO, on: Place | None = None) -> File:
    """Keep a file, hung on something or loose. Its bytes are on the disk before this returns."""
    name = rules.clean_name(name)
    _check_place(call, on)
    allowed = limits()
    rules.check_name(name, refused=allowed.refused_endings)
    sweeping.keep_away()
    stored = store.put(store.blocks(content), name=name, most=allowed.size_bytes_max)
    rules.check_content(is_program=store.is_program(stored.head), refused=allowed.refused_endings)
    type_ = store.type_of(name, head=stored.head)
    return _keep(call, File(name=name, size_bytes=stored.size_bytes, type=type_, digest=stored.digest), on=on)


@operation("disk.file.copy", needs="")
def copy(call: Call, *, file: File, on: Place | None = None) -> File:
    """Hang the same content on another thing too; the bytes are not written again."""
    if not hanging.seen([file], by=call.by):
        raise rules.NOT_YOURS(name=file.name)
    _check_place(call, on)
    return _keep(call, File(name=file.name, size_bytes=file.size_bytes, type=file.type, digest=file.digest), on=on)


@operation("disk.file.hang", needs="")
def hang(call: Call, *, file: File, on: Place) -> File:
    """Hang a loose file of one's own on something: a form was sent, a comment was written."""
    _check_own(call, file)
    _check_place(call, on)
    loose = File.objects.filter(pk=file.pk, hangs_kind="")
    if (file.hangs_kind, file.hangs_id) != (on.kind, on.id) and not loose.update(hangs_kind=on.kind, hangs_id=on.id):
        raise rules.HANGS_ELSEWHERE(name=file.name)
    file.hangs_kind, file.hangs_id = on.kind, on.id
    return file


@operation("disk.file.remove", needs="")
def remove(call: Call, *, file: File) -> None:
    """Remove a file of one's own; its bytes go when nothing names them any more."""
    _check_own(call, file)
    gone = file.pk
    if File.objects.filter(pk=gone).delete()[0]:
        announce(FileRemoved(call=call, file=gone, kind=file.hangs_kind, on=file.hangs_id))


def _keep(call: Call, file: File, *, on: Place | None) -> File:
    file.created_by_id, file.created_at = call.author, call.at
    file.hangs_kind, file.hangs_id = (on.kind, on.id) if on else ("", None)
    file.save()
    announce(FileAdded(call=call, file=file.pk, kind=file.hangs_kind, on=file.hangs_id))
    return file


def _check_place(call: Call, on: Place | None) -> None:
    if on is not None and not hanging.may_add(on, by=call.by):
        raise rules.CLOSED()


def _check_own(call: Call, file: File) -> None:
    if call.by not in (None, file.created_by_id):
        raise rules.NOT_YOURS(name=file.name)
