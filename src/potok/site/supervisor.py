"""`potok up`: starts the parts, watches over them, starts again what dies, stops all of it in order.

Runs in the main thread and in it only: the kernel ends a child when the *thread* that forked it ends. Stays free of
Django, so that watching costs little memory.
"""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Protocol

from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.site import keys, reaper, settings
from potok.site.console import say, translate, write
from potok.site.postgres import Postgres

TICK_SECONDS = 0.2
PROBE_SECONDS = 0.5
PAUSE_SECONDS_MAX = 60
TRIES_AT_START = 3
CALM_SECONDS = 60  # after so long in health the pauses begin small again
DRAIN_SECONDS = 25


class Part(Protocol):
    """Something that the supervisor can start and watch."""

    @property
    def process(self) -> subprocess.Popen[bytes] | None: ...
    def spawn(self) -> None: ...
    def is_alive(self) -> bool: ...
    def is_ready(self) -> bool: ...


class Child:
    """A process of ours that runs a `potok` command."""

    def __init__(self, words: Sequence[str], *, answers: Callable[[], bool], keep: tuple[int, ...] = ()) -> None:
        self.words, self.answers, self.keep = words, answers, keep
        self.process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> None:
        self.process = subprocess.Popen(
            command(*self.words), pass_fds=self.keep, stdin=subprocess.DEVNULL, start_new_session=True,
            env=settings.CHILD_ENVIRONMENT, preexec_fn=reaper.die_with_parent(signal.SIGTERM),
        )  # fmt: skip

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        return self.is_alive() and self.answers()


@dataclass
class Charge:
    """A part in our charge, and what we know of it."""

    name: str
    part: Part
    needs: "Charge | None" = None
    is_up: bool = False
    up_since: float = 0
    fails: int = 0
    due: float = 0
    is_started: bool = False

    def tick(self, now: float) -> None:
        """Look once: announce what answers now, and start again what has died."""
        if self.is_started and not self.part.is_alive():
            self._fallen(now)
        elif not self.is_started and now >= self.due and (self.needs is None or self.needs.is_up):
            self.part.spawn()
            self.is_started = True
        elif self.is_started and not self.is_up and self.part.is_ready():
            self.is_up, self.up_since = True, now
            say(_("{name} answers."), name=translate(self.name))
        elif self.is_up and now - self.up_since > CALM_SECONDS:
            self.fails = 0

    def _fallen(self, now: float) -> None:
        pause = min(2**self.fails, PAUSE_SECONDS_MAX)
        self.is_started = self.is_up = False
        self.fails, self.due = self.fails + 1, now + pause
        say(_("{name} has stopped ({how}). Next try in {pause} s."),
            name=translate(self.name), how=how_it_ended(self.part.process), pause=pause)  # fmt: skip


class Supervisor:
    """The whole product of one data folder."""

    def __init__(self, *, parent: int = 0, with_demo: bool = True) -> None:
        self.parent, self.with_demo = parent, with_demo
        self.stopping = False
        self.charges: list[Charge] = []
        self.postgres = None if settings.DATABASE_URL else Postgres(settings.DATA)
        self._lock: IO[str] | None = None
        self._probed_at = 0.0
        self._probed: dict[str, str] = {}

    def run(self) -> int:
        """Start, watch, stop. What is printed as up has answered."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._asked_to_stop)
        if self.parent:
            reaper.watch_parent(self.parent, then=self._asked_to_stop)
        self._take_folder()
        listening = self._listen()
        try:
            self._start(listening)
            self._watch()
        finally:
            self._stop()
        return 0

    def _asked_to_stop(self, *_signal: object) -> None:
        self.stopping = True

    def _take_folder(self) -> None:
        settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = (settings.DATA / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sentence = _("Another Potok runs on {folder}. Stop it or set POTOK_DATA.")
            raise Trouble("site.folder_in_use", sentence, folder=settings.DATA) from None
        keys.keep(settings.DATA / "keys.json")

    def _listen(self) -> socket.socket:
        opened = socket.socket(socket.AF_INET6 if ":" in settings.LISTEN else socket.AF_INET)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((settings.LISTEN, settings.PORT))
        except OSError as busy:
            sentence = _("Port {port} cannot be opened: {reason}. Set another one: PORT={other} make run.")
            raise Trouble(
                "site.port_in_use", sentence, port=settings.PORT, reason=busy.strerror, other=settings.PORT + 1
            ) from None
        # The socket stays ours: while a server process is started again, callers wait instead of being turned away.
        opened.listen(512)
        return opened

    def _start(self, listening: socket.socket) -> None:
        database = self._start_postgres()
        if self.stopping:
            return
        say(_("Bringing the data up to this version."))
        number, me = listening.fileno(), str(os.getpid())
        port = listening.getsockname()[1]
        # The server prepares and the worker waits for it: to start both at once halves the time.
        bare = [] if self.with_demo else ["--without-demo"]
        words = ["web", "--prepare", *bare, "--socket", str(number), "--parent", me]
        server = Child(words, keep=(number,), answers=lambda: self._answers("server", port))
        worker = Child(["worker", "--parent", me], answers=lambda: self._answers("worker", port))
        self.charges += [Charge(_("The server"), server, database), Charge(_("The worker"), worker, database)]

    def _start_postgres(self) -> Charge | None:
        if self.postgres is None:
            return None
        self.postgres.start(give_up=lambda: self.stopping)
        charge = Charge(_("The database"), self.postgres, is_started=True)
        charge.tick(time.monotonic())
        self.charges.append(charge)
        return charge

    def _watch(self) -> None:
        welcomed = False
        while not self.stopping:
            now = time.monotonic()
            for charge in self.charges:
                charge.tick(now)
            if not welcomed:
                welcomed = self._has_started()
            time.sleep(TICK_SECONDS)

    def _has_started(self) -> bool:
        for charge in self.charges:
            if charge.fails >= TRIES_AT_START:
                sentence = _("{name} does not start; the reason is above.")
                raise Trouble("site.not_started", sentence, name=translate(charge.name))
        if not self.charges or not all(charge.is_up for charge in self.charges):
            return False
        self._welcome()
        return True

    def _welcome(self) -> None:
        write("")
        write(translate(_("Potok is ready: {address}")).format(address=settings.PUBLIC_URL))
        welcome = settings.ABOUT_DEMO.read_text().strip()
        if welcome:
            write(f"\n{welcome}")
        write("\n" + translate(_("Ctrl-C stops it.")))

    def _answers(self, part: str, port: int) -> bool:
        now = time.monotonic()
        if now - self._probed_at > PROBE_SECONDS:
            self._probed = health(settings.LISTEN, port)
            self._probed_at = time.monotonic()
        return self._probed.get(part) == "up"

    def _stop(self) -> None:
        say(_("Stopping."))
        ours = [charge for charge in self.charges if isinstance(charge.part, Child) and charge.part.is_alive()]
        for charge in ours:
            if charge.part.process:
                charge.part.process.terminate()
        deadline = time.monotonic() + DRAIN_SECONDS
        for charge in ours:
            _end(charge, deadline)
        if self.postgres is not None:
            self.postgres.stop()
        say(_("Everything has stopped."))


def command(*words: str) -> list[str]:
    """Spell a `potok` command for this very Python."""
    return [sys.executable, "-m", "potok.site.main", *words]


def health(host: str, port: int) -> dict[str, str]:
    """Ask the server how its parts are; nothing if it does not answer."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    asked = http.client.HTTPConnection(near, port, timeout=2)
    with suppress(OSError, http.client.HTTPException, ValueError):
        asked.request("GET", "/health", headers={"Host": "localhost"})
        parts: dict[str, str] = json.loads(asked.getresponse().read())["parts"]
        return parts
    return {}


def how_it_ended(process: subprocess.Popen[bytes] | None) -> str:
    """Say a return code as people do."""
    code = process.returncode if process else 0
    return signal.Signals(-code).name if code < 0 else f"code {code}"


def _end(charge: Charge, deadline: float) -> None:
    process = charge.part.process
    if process is None:
        return
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        say(_("{name} did not finish in time and is ended."), name=translate(charge.name))
        process.kill()
        process.wait()
