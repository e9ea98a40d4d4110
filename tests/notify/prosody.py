"""A real XMPP server of Debian's on loopback, in a folder of its own, and people who are connected to it."""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any

from slixmpp import ClientXMPP

from tests.site.product import eventually, free_port

CONFIG = """
daemonize = false
data_path = "{data}"
pidfile = "{data}/prosody.pid"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {clients} }}
component_ports = {{ {components} }}
component_interfaces = {{ "127.0.0.1" }}
modules_enabled = {{ "roster", "saslauth", "disco", "ping", "offline", "presence", "message" }}
modules_disabled = {{ "tls", "s2s", "http" }}
allow_unencrypted_plain_auth = true
c2s_require_encryption = false
authentication = "internal_plain"
log = {{ warn = "{data}/prosody.log" }}
VirtualHost "firm.example"
Component "potok.firm.example"
    component_secret = "open sesame"
"""
SECRET = "open sesame"


class Prosody:
    """One server; it may be stopped and started again and keeps what it knew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clients, self.components = folder, free_port(), free_port()
        self.config = folder / "prosody.cfg.lua"
        self.config.write_text(CONFIG.format(data=folder, clients=self.clients, components=self.components))
        self._process: subprocess.Popen[bytes] | None = None

    def add(self, name: str) -> None:
        """Make an account; its password is its name."""
        self._run("register", name, "firm.example", name)

    def start(self) -> "Prosody":
        self._process = subprocess.Popen(
            [*_as_somebody(self.folder), prosody(), "--config", str(self.config), "-F"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        eventually(self._answers, "prosody does not answer")
        return self

    def freeze(self) -> None:
        """Take what is sent and do nothing with it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def _run(self, *words: str) -> None:
        control = str(Path(prosody()).with_name("prosodyctl"))
        subprocess.run(
            [*_as_somebody(self.folder), control, "--config", str(self.config), *words],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def _answers(self) -> bool:
        return all(map(_is_open, (self.clients, self.components)))


def _is_open(port: int) -> bool:
    with socket.socket() as line:
        return not line.connect_ex(("127.0.0.1", port))


def prosody() -> str:
    found = shutil.which("prosody", path=os.environ["PATH"] + ":/usr/bin:/usr/sbin")
    assert found, "The tests need prosody. Debian: sudo apt install prosody"
    return found


def _as_somebody(folder: Path) -> list[str]:
    """Prosody refuses to run as root; then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("prosody")
    for each in [folder, *folder.rglob("*")]:
        os.chown(each, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


class Friend(ClientXMPP):
    """Somebody who is connected, lets everybody see it, and keeps what he is told."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(f"{name}@firm.example/desk", name)
        self.port = port
        self.told: list[tuple[str, str]] = []
        self.enable_starttls = self.enable_direct_tls = False
        self.enable_plaintext = True
        self.plugin["feature_mechanisms"].unencrypted_plain = True
        self.auto_authorize = True
        self.auto_subscribe = True
        self.add_event_handler("session_start", self._begin)
        self.add_event_handler("message", self._hear)

    async def _begin(self, _event: Any) -> None:
        self.send_presence()
        await self.get_roster()

    async def leave(self) -> None:
        self.cancel_connection_attempt()
        self.disconnect(wait=0.5)
        await asyncio.sleep(0.3)
        self.abort()
        if (writing := self._run_out_filters) is not None:
            self._run_out_filters = None
            writing.cancel()
            await asyncio.wait({writing})

    def _hear(self, message: Any) -> None:
        self.told.append((message["id"], message["body"]))


class Friends:
    """The connections of several people, in a thread of their own."""

    def __init__(self, server: Prosody) -> None:
        self.server = server
        self.all: dict[str, Friend] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def come(self, name: str) -> Friend:
        """Let somebody connect."""

        async def begin() -> Friend:
            friend = Friend(name, self.server.clients)
            friend.connect("127.0.0.1", self.server.clients)
            return friend

        before = self.all.get(name)
        friend = asyncio.run_coroutine_threadsafe(begin(), self._loop).result(10)
        friend.told = before.told if before else friend.told
        self.all[name] = friend
        return friend

    def go(self, name: str) -> None:
        """Let him leave."""
        asyncio.run_coroutine_threadsafe(self.all[name].leave(), self._loop).result(10)

    def end(self) -> None:
        for name in self.all:
            self.go(name)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
