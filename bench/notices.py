"""How long it takes until 500 people who are signed in have a notice to all: `python -m bench.notices`.

One server process and the worker of the product itself, in a folder of its own. Each person holds a stream of his own,
as a browser does, and fetches what the page fetches when it hears that there is something. A notice counts as there
when its words have come; the time is taken from the moment before it is sent, the commit included.
"""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEOPLE, ROUNDS = 500, 5
PATIENCE_SECONDS = 60
ACT = r"""
import json, os, sys, time
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from potok.kit.doors import opened
from potok.notify.public import notices
from potok.people.public import persons
with opened(None, door="start_up") as call:
    count = int(sys.argv[1])
    made = [persons.add(call, email=f"p{n}@firm.example", name="Person", surname=str(n)) for n in range(count)]
keys = []
for one in made:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(one.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = one.get_session_auth_hash()
    session.save()
    keys.append(session.session_key)
print(json.dumps(keys), flush=True)
for line in sys.stdin:
    began = time.time()
    with opened(None, door="start_up") as call:
        notices.send.many([(call, {"to": one.pk, "text": line.strip(), "why": "To all"}) for one in made])
    print(json.dumps([began, time.time()]), flush=True)
"""


class Person:
    """Somebody whose page is open."""

    def __init__(self, port: int, key: str) -> None:
        self.port, self.key = port, key
        self.came: dict[str, float] = {}
        self.fetched = 0

    async def listen(self, ready: asyncio.Semaphore) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._ask("/live", "text/event-stream"))
        ready.release()
        kind = ""
        while line := (await reader.readline()).decode():
            if line.startswith("event: "):
                kind = line[7:].strip()
            elif line.startswith("data: "):
                if kind == "news":
                    self.came.setdefault(json.loads(line[6:])["text"], time.time())
                elif not kind:
                    await self._fetch()
                kind = ""

    async def _fetch(self) -> None:
        for path in ("/notices/arrivals?after=0", "/ui/rail"):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(self._ask(path, "text/html"))
            await reader.read()
            writer.close()
            self.fetched += 1

    def _ask(self, path: str, accept: str) -> bytes:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n"
        return f"{head}HX-Request: true\r\nPotok-By-Itself: true\r\nCookie: potok_session={self.key}\r\n\r\n".encode()


async def measure(port: int, act: subprocess.Popen[str]) -> list[float]:
    """Let all listen, tell them something a few times, and answer with how long each waited, in seconds."""
    assert act.stdin
    assert act.stdout
    people = [Person(port, key) for key in json.loads(act.stdout.readline())]
    ready = asyncio.Semaphore(0)
    streams = [asyncio.create_task(one.listen(ready)) for one in people]
    for _ in people:
        await ready.acquire()
    await asyncio.sleep(8)
    waited: list[float] = []
    for number in range(ROUNDS):
        text = f"Notice {number}"
        act.stdin.write(text + "\n")
        act.stdin.flush()
        began, _committed = json.loads(await asyncio.to_thread(act.stdout.readline))
        deadline = time.time() + PATIENCE_SECONDS
        while not all(text in one.came for one in people) and time.time() < deadline:
            await asyncio.sleep(0.05)
        waited += [one.came.get(text, deadline) - began for one in people]
        # What they fetch afterwards is a part of the load, and ends before the next round.
        await asyncio.sleep(15)
    for stream in streams:
        stream.cancel()
    return sorted(waited)


def main() -> int:
    """Start the product, measure, print one line, stop."""
    folder = Path(tempfile.mkdtemp(prefix="potok-bench-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "POTOK_DATA": str(folder), "PORT": str(port), "LC_ALL": "C.UTF-8",
                   "DJANGO_SETTINGS_MODULE": "potok.site.settings"}  # fmt: skip
    up = subprocess.Popen(
        [sys.executable, "-m", "potok.site.main", "up", "--without-demo"], env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert up.stdout
        while not re.search("is ready", up.stdout.readline()):
            pass
        act = subprocess.Popen(
            [sys.executable, "-c", ACT, str(PEOPLE)], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        waited = asyncio.run(measure(port, act))
        print(told(waited))
        assert act.stdin
        act.stdin.close()
        act.wait(20)
    finally:
        up.terminate()
        up.wait(40)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def told(waited: list[float]) -> str:
    """Say the figure: p50, p95 and the last of all."""

    def at(part: float) -> str:
        return f"{1000 * waited[min(int(part * len(waited)), len(waited) - 1)]:.0f} ms"

    return f"{PEOPLE} people, {ROUNDS} notices to all: p50 {at(0.5)}, p95 {at(0.95)}, the last {at(1)}"


if __name__ == "__main__":
    sys.exit(main())
