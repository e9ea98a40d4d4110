"""What happens between an installed version and a running one: migrations, static files, the demo company."""

import hashlib
import io
from contextlib import redirect_stdout, suppress

from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from potok.kit import commands
from potok.kit.words import _
from potok.site import settings
from potok.site.console import translate

_MIGRATING = 0x706F_746F_0001


def migrate() -> None:
    """Apply what is missing; of several who try at once, one does it and the others wait."""
    if is_current():  # the command would still ask for every permission and content type
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def is_current() -> bool:
    """Whether every migration is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def gather_static() -> None:
    """Lay out the static files under hashed names, unless they already lie there."""
    mark = settings.STATIC_ROOT / "gathered"
    now = _fingerprint()
    with suppress(FileNotFoundError):
        if settings.DEV or mark.read_text() == now:
            return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(now)


def prepare(*, with_demo: bool) -> None:
    """Make the database and the files ready for the server; keep what the welcome says of who signs in."""
    migrate()
    gather_static()
    known = commands.commands
    if with_demo and "demo load" in known and not get_user_model().objects.exists():
        commands.call("demo load")
    for name in sorted(name for name in known if name.endswith(" set-up")):  # what no company can begin without
        commands.call(name)
    settings.ABOUT_DEMO.touch(mode=0o600)  # it names passwords
    settings.ABOUT_DEMO.write_text(_welcome(with_demo=with_demo))


def _welcome(*, with_demo: bool) -> str:
    if not get_user_model().objects.exists():
        return translate(_("Nobody can sign in yet. Let the first person in: potok user add EMAIL --administrator"))
    about = io.StringIO()
    if with_demo and "demo about" in commands.commands:
        with redirect_stdout(about):
            commands.call("demo about")
    return about.getvalue()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = (path, storage.size(path), storage.get_modified_time(path).timestamp())
            digest.update(repr(about).encode())
    return digest.hexdigest()
