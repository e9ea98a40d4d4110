"""`potok doctor`: what is wrong on this machine, each finding with how to mend it."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.site import address, postgres, settings
from potok.site.console import translate, write

FREE_BYTES_MIN = 1_000_000_000
DATABASE_VERSION_MIN = 150_000
# On these a lock or an fsync is a promise that is not kept.
UNSAFE_MOUNTS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "overlay.unsafe", "vboxsf"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at; an empty remedy means that it is well."""

    subject: str
    state: str
    remedy: str = ""


def run() -> int:
    """Print every finding; answer 1 if something is to be mended."""
    findings = list(examine())
    for finding in findings:
        write(f"{'+' if not finding.remedy else '!'} {finding.subject}: {finding.state}")
        if finding.remedy:
            write(f"  {finding.remedy}")
    return 1 if any(finding.remedy for finding in findings) else 0


def examine() -> Iterator[Finding]:
    """Look at everything, each in its turn, whatever the others say."""
    yield _finding("Python", ".".join(map(str, sys.version_info[:3])))
    yield _server_binaries()
    yield _folder(settings.DATA)
    yield _space(settings.DATA)
    yield _mount(settings.DATA)
    yield from _product()


def _finding(subject: str, state: str, remedy: str = "", **fields: object) -> Finding:
    return Finding(translate(subject), translate(state).format(**fields), translate(remedy).format(**fields))


def _server_binaries() -> Finding:
    if settings.DATABASE_URL:
        return _finding("PostgreSQL", _("another server, by DATABASE_URL"))
    try:
        return _finding("PostgreSQL", str(postgres.install_folder()))
    except Trouble as trouble:
        return Finding("PostgreSQL", trouble.code, trouble.sentence())


def _folder(data: Path) -> Finding:
    if not data.exists():
        above = next(place for place in data.parents if place.exists())
        if os.access(above, os.W_OK):
            return _finding(_("Data folder"), _("{folder}, not made yet"), folder=data)
        remedy = _("Make {folder} and give it to the one who runs Potok, or set POTOK_DATA.")
        return _finding(_("Data folder"), _("{folder} cannot be made"), remedy, folder=data)
    if not os.access(data, os.W_OK | os.X_OK):
        remedy = _("Give the folder to the one who runs Potok: chown -R {user} {folder}")
        return _finding(_("Data folder"), _("{folder} is closed to us"), remedy, folder=data, user=os.getuid())
    secret = data / "keys.json"
    if secret.exists() and secret.stat().st_mode & 0o077:
        return _finding(
            _("Data folder"), _("others can read the keys"), _("Close the file: chmod 600 {file}"), file=secret
        )
    return _finding(_("Data folder"), str(data))


def _space(data: Path) -> Finding:
    free = shutil.disk_usage(next(place for place in (data, *data.parents) if place.exists())).free
    state = _("{size:.1f} GB free")
    if free < FREE_BYTES_MIN:
        return _finding(_("Disk"), state, _("Free at least 1 GB: without space nothing can be saved."), size=free / 1e9)
    return _finding(_("Disk"), state, size=free / 1e9)


def _mount(data: Path) -> Finding:
    kind = _kind_of_mount(data)
    if kind in UNSAFE_MOUNTS:
        remedy = _("Set POTOK_DATA to a folder on a local disk: over the network a power cut can lose what was saved.")
        return _finding(_("File system"), kind, remedy)
    return _finding(_("File system"), kind or _("unknown"))


def _kind_of_mount(data: Path) -> str:
    table = Path("/proc/mounts")
    if not table.exists():
        return ""
    mounts = [line.split()[1:3] for line in table.read_text().splitlines()]
    above = [(len(place), kind) for place, kind in mounts if data.is_relative_to(place)]
    return max(above)[1] if above else ""


def _product() -> Iterator[Finding]:
    from potok.site.supervisor import health

    parts = health(settings.LISTEN, settings.PORT)
    if not parts:
        yield _port()
        if not settings.DATABASE_URL:
            yield _finding(_("Product"), _("not running"))
            return
    yield from _database()
    if parts:
        is_up = parts.get("worker") == "up"
        remedy = "" if is_up else _("Look at what `potok up` printed last, then start it again.")
        yield _finding(_("Worker"), _("answers") if is_up else _("does not answer"), remedy)


def _port() -> Finding:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.LISTEN, settings.PORT))
        except OSError as busy:
            remedy = _("Another program has it. Choose another port: PORT={other} make run")
            state = _("{port}: {reason}")
            return _finding(_("Port"), state, remedy, port=settings.PORT, reason=busy.strerror, other=settings.PORT + 1)
    return _finding(_("Port"), _("{port} is free"), port=settings.PORT)


def _database() -> Iterator[Finding]:
    import django
    import psycopg

    django.setup()
    from django.db import DatabaseError

    try:
        with psycopg.connect(**address.parameters(), connect_timeout=5) as asked:
            version = asked.info.server_version
    except psycopg.Error as lost:
        remedy = _("Check DATABASE_URL, and that the server runs and lets this user in.")
        yield _finding(_("Database"), "{reason}", remedy, reason=str(lost).strip())
        return
    remedy = "" if version >= DATABASE_VERSION_MIN else _("Use PostgreSQL 15 or newer.")
    yield _finding(_("Database"), "PostgreSQL {major}.{minor}", remedy, major=version // 10000, minor=version % 10000)
    try:
        migrations = _migrations()
        yield migrations
        if not migrations.remedy:
            yield _journals()
    except DatabaseError as lost:
        yield _finding(_("Migrations"), "{reason}", _("Apply them: potok migrate"), reason=str(lost).strip())


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return _finding(_("Migrations"), _("{count} not applied"), _("Apply them: potok migrate"), count=missing)
    return _finding(_("Migrations"), _("all applied"))


def _journals() -> Finding:
    from potok.processes.public import replay

    folded = replay.fold_latest()
    wrong = [id for id, found in folded.items() if found.difference is not None and not found.difference.is_gap]
    if not wrong:
        return _finding(_("Processes"), _("the latest {count} stand where their journals lead"), count=len(folded))
    state = _("{wrong} of the latest {count} do not stand where their journals lead: {ids}")
    remedy = _("See where they part: potok instance replay {first}. Report it, and suspend them until it is mended.")
    ids = ", ".join(map(str, sorted(wrong)))
    return _finding(_("Processes"), state, remedy, wrong=len(wrong), count=len(folded), ids=ids, first=min(wrong))
