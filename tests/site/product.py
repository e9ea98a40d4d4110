"""The real product in a folder of its own: started as `potok up`, watched from outside, always stopped."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 60
# What a test run sets for itself is not meant for the product it starts.
OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def eventually(holds: Callable[[], object], what: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until it holds; the time is an upper bound, not a pause."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        threading.Event().wait(0.05)


class Product:
    """One `potok up` and what it prints."""

    def __init__(
        self, data: Path, *, port: int | None = None, demo: bool = False, ready: str = "is ready", **environment: str
    ) -> None:
        self.data, self.port, self.demo, self.ready = data, port or free_port(), demo, ready
        self.said = ""
        self._process: subprocess.Popen[str] | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in OURS},
            "POTOK_DATA": str(data), "PORT": str(self.port), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **environment,
        }  # fmt: skip

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def start(self) -> "Product":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "potok.site.main", "up", *([] if self.demo else ["--without-demo"])],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=self._environment,
        )  # fmt: skip
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        return self

    def wait_until_ready(self) -> "Product":
        eventually(
            lambda: self.ready in self.said or self.process.poll() is not None, "a product that is ready", seconds=240
        )
        assert self.process.poll() is None, self.said
        return self

    def health(self) -> tuple[int, dict[str, str]]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", "/health", headers={"Host": "localhost"})
            answer = asked.getresponse()
            return answer.status, json.loads(answer.read())["parts"]
        except OSError:
            return 0, {}
        finally:
            asked.close()

    def parts(self) -> dict[str, int]:
        """The processes under the supervisor by name: postgres, web, worker."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = {}
        for pid in map(int, listed):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            found[next((word for word in ("web", "worker") if word in words), Path(words[0]).name)] = pid
        return found

    def family(self) -> set[int]:
        """The supervisor and everything below it."""
        known, fresh = set(), {self.process.pid}
        while fresh:
            known |= fresh
            fresh = {int(pid) for one in fresh for pid in _children(one)} - known
        return known

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def times(self, pattern: str) -> int:
        return len(re.findall(pattern, self.said))

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.said += line


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def alive(pids: set[int]) -> set[int]:
    """Which of these processes run; one that is only waiting to be buried does not."""
    return {pid for pid in pids if _state(pid) not in {"", "Z"}}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
