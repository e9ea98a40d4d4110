"""The connection to the XMPP server: kept by one worker, which learns from it who is connected and writes to them.

Component streams know no acknowledgement (XEP-0198 is for clients), but the server answers in the order in which it was
asked: a ping that comes back says that it took all that was sent before. What is not acknowledged is sent again under
the same id. Messages that bounce are told by another way.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from slixmpp import JID, ComponentXMPP
from slixmpp.exceptions import XMPPError

from potok.kit.errors import Trouble
from potok.notify import outside
from potok.notify.channels import xmpp, xmpp_rows
from potok.notify.channels.xmpp import Setting

OPEN_SECONDS = 10
BEAT_SECONDS = 5
LOOK_SECONDS = 0.3
IDLE_SECONDS = 2
T = TypeVar("T")
Aside = Callable[..., Any]


def run(stop: threading.Event) -> None:
    """Keep the connection, when there is to be one, until told to stop."""
    with ThreadPoolExecutor(1, "xmpp") as pool:
        asyncio.run(_run(stop, pool))


async def _run(stop: threading.Event, pool: ThreadPoolExecutor) -> None:
    async def aside(act: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, xmpp_rows.closing, act, *given)

    while not stop.is_set():
        setting = await aside(xmpp_rows.take)
        if setting is None:
            await _rest(stop, IDLE_SECONDS)
            continue
        try:
            await _hold(setting, stop, aside)
        except Trouble as trouble:
            await aside(xmpp_rows.lost, trouble)
    await aside(xmpp_rows.release)


async def test(setting: Setting) -> None:
    """Connect and part again; `Trouble` says what is wrong."""
    line = Line(setting)
    try:
        await line.open()
        await line.acknowledged()
    finally:
        await line.close()


async def _hold(setting: Setting, stop: threading.Event, aside: Aside) -> None:
    line = Line(setting)
    try:
        await line.open()
        await aside(xmpp_rows.opened)
        beat_at = 0.0
        while not stop.is_set() and not line.is_lost:
            now = asyncio.get_running_loop().time()
            if now >= beat_at:
                if not await aside(xmpp_rows.beat, setting):
                    return
                line.know(await aside(xmpp_rows.addresses))
                beat_at = now + BEAT_SECONDS
            if not await _serve(line, aside):
                await _rest(stop, LOOK_SECONDS)
        if line.is_lost:
            raise xmpp.unreachable(setting, line.lost)
    finally:
        await line.close()


async def _serve(line: "Line", aside: Aside) -> int:
    """Note what was heard and write what waits; answers how much that was."""
    heard, bounced = line.heard()
    if heard:
        await aside(xmpp_rows.note, heard)
    if bounced:
        await aside(xmpp_rows.bounced, bounced)
    sent: Mapping[int, tuple[str, str]] = await aside(xmpp_rows.next_messages)
    for delivery, (to, text) in sent.items():
        line.write(to, text, id=delivery)
    if sent:
        await line.acknowledged()
        await aside(xmpp_rows.arrived, list(sent))
    return len(sent)


class Line(ComponentXMPP):
    """One life of a connection."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.domain, setting.secret)  # type: ignore[no-untyped-call]
        self.setting = setting
        self.lost = ""
        self._opened: asyncio.Future[None] | None = None
        self._people: dict[str, int] = {}
        self._resources: dict[str, set[str]] = defaultdict(set)
        self._changed: set[str] = set()
        self._bounced: dict[int, str] = {}
        self.register_plugin("xep_0199")
        for name, act in (
            ("session_start", self._open),
            ("stream_error", self._refused),
            ("disconnected", self._closed),
            ("connection_failed", self._closed),
            ("presence_available", self._came),
            ("presence_unavailable", self._went),
            ("presence_subscribe", self._agree),
            ("message_error", self._bounce),
        ):
            self.add_event_handler(name, act)

    @property
    def is_lost(self) -> bool:
        return bool(self.lost)

    async def open(self) -> None:
        """Connect and be accepted, or raise `Trouble`."""
        loop = asyncio.get_running_loop()
        host = await loop.run_in_executor(
            None, lambda: outside.resolve(self.setting.host, port=self.setting.port, inside=self.setting.inside)
        )
        self._opened = loop.create_future()
        self.connect(host, self.setting.port)
        try:
            await asyncio.wait_for(self._opened, OPEN_SECONDS)
        except TimeoutError as failure:
            raise xmpp.unreachable(self.setting, self.lost or OPEN_SECONDS) from failure

    async def close(self) -> None:
        """Part from the server."""
        self.cancel_connection_attempt()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.disconnect(wait=1), 3)
        self.abort()
        # slixmpp leaves this task to the collector, which comes after the loop has ended.
        if (writing := self._run_out_filters) is not None:
            self._run_out_filters = None
            writing.cancel()
            await asyncio.wait({writing})

    async def acknowledged(self) -> None:
        """Wait until the server has taken all that was written; `Trouble` if it does not say so."""
        try:
            # To our own name: the server gives it back to us, after all that came before it.
            await self.plugin["xep_0199"].send_ping(
                JID(self.setting.domain), ifrom=JID(self.setting.address), timeout=OPEN_SECONDS
            )
        except XMPPError as failure:
            raise xmpp.unreachable(self.setting, failure.condition) from failure

    def know(self, people: Mapping[str, int]) -> None:
        """Learn who has which address; whoever is new is asked to let us see that he is there.

        The server of somebody who allowed it before answers for him, and says at once whether he is (RFC 6121 3.1.3).
        """
        for address in set(people) - set(self._people):
            self.send_presence(pto=address, pfrom=self.setting.address, ptype="subscribe")
        for address in set(self._people) - set(people):
            self._changed.discard(address)
        self._people = dict(people)

    def heard(self) -> tuple[dict[int, bool], dict[int, str]]:
        """Take what was heard since: who is connected or not any more, and which deliveries came back why."""
        told = {self._people[one]: bool(self._resources[one]) for one in self._changed if one in self._people}
        bounced, self._bounced = self._bounced, {}
        self._changed.clear()
        return told, bounced

    def write(self, to: str, text: str, *, id: int) -> None:
        """Write a message whose id names the delivery."""
        message = self.make_message(mto=to, mfrom=self.setting.address, mbody=text, mtype="chat")
        message["id"] = f"notice-{id}"
        message.send()

    def _open(self, _event: object) -> None:
        if self._opened is not None and not self._opened.done():
            self._opened.set_result(None)

    def _refused(self, error: Any) -> None:
        self._fail(str(error["condition"]))

    def _closed(self, reason: object) -> None:
        self._fail(str(reason or "closed"))

    def _fail(self, said: str) -> None:
        self.lost = self.lost or said
        if self._opened is not None and not self._opened.done():
            self._opened.set_exception(xmpp.unreachable(self.setting, said))

    def _came(self, presence: Any) -> None:
        self._resources[presence["from"].bare].add(presence["from"].resource)
        self._changed.add(presence["from"].bare)

    def _went(self, presence: Any) -> None:
        self._resources[presence["from"].bare].discard(presence["from"].resource)
        self._changed.add(presence["from"].bare)

    def _agree(self, presence: Any) -> None:
        if presence["from"].bare in self._people:
            self.send_presence(pto=presence["from"].bare, pfrom=self.setting.address, ptype="subscribed")

    def _bounce(self, message: Any) -> None:
        name, _, id = message["id"].partition("-")
        if name == "notice" and id.isdecimal():
            self._bounced[int(id)] = message["error"]["text"] or message["error"]["condition"]


async def _rest(stop: threading.Event, seconds: float) -> None:
    until = asyncio.get_running_loop().time() + seconds
    while not stop.is_set() and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.1)
