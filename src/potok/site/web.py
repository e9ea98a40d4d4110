"""The server process: one port, Django in threads, live updates on the event loop beside it."""

import os
import signal
import socket
from types import FrameType
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware

from potok.kit import live
from potok.site import reaper, settings
from potok.site.live import Receive, Scope, Send, hub, listen, missed
from potok.site.wsgi import application

THREADS = 8
DRAIN_SECONDS = 10

# Both sides name the same protocol in types of their own.
_django: Any = WSGIMiddleware(cast(Any, application), workers=THREADS)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Lead `/live` to the hub and all else to Django."""
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif scope["path"] == "/live":
        await listen(scope, receive, send)
    elif scope["path"] == "/live/missed":
        await missed(scope, receive, send)
    else:
        await _django(scope, receive, send)


class Server(uvicorn.Server):
    """Says goodbye to the listeners first: they never leave by themselves."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        hub.close()
        super().handle_exit(sig, frame)


def bind(host: str, port: int) -> socket.socket:
    """Open the listening socket; the supervisor keeps it while server processes come and go."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind((host, port))
    opened.listen(512)
    return opened


def serve(number: int, *, parent: int = 0) -> None:
    """Answer until SIGTERM: then finish the requests that run, and end."""
    live.positions_from(hub.position)
    given = socket.socket(fileno=number) if number >= 0 else bind(settings.LISTEN, settings.PORT)
    config = uvicorn.Config(
        app, lifespan="off", access_log=False, log_level="warning", server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS, timeout_keep_alive=20,
    )  # fmt: skip
    if parent:
        reaper.watch_parent(parent, then=lambda: os.kill(os.getpid(), signal.SIGTERM))
    Server(config).run(sockets=[given])
