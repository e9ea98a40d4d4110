"""Notices to browsers, against an endpoint on loopback that reads them as a browser does."""

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece  # type: ignore[import-untyped]
import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from potok.kit.doors import opened
from potok.notify import carrying, outside, routes, routing
from potok.notify.channels import channels as ways
from potok.notify.models import Delivery, Device
from potok.notify.operations import channels
from potok.notify.public import notices, wishes
from tests.company import Company


def plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def opaque(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A push service and the browser behind it: what came, decrypted, and who signed it."""

    url: str = ""
    status: int = 201
    told: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    shared: bytes = b"0123456789abcdef"

    @property
    def keys(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"public": plain(point), "shared": plain(self.shared)}

    def take(self, head: dict[str, str], body: bytes) -> int:
        self.heads.append(head)
        if self.status == 201:
            read = http_ece.decrypt(body, private_key=self.key, auth_secret=self.shared, version="aes128gcm")
            self.told.append(json.loads(read))
        return self.status


@pytest.fixture
def browser_of_bob(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    browser = Browser()

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(browser.take(dict(self.headers), body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            pass

    authority = trustme.CA()
    server = HTTPServer(("127.0.0.1", 0), Service)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    monkeypatch.setattr(outside, "_trust", lambda: trusted)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    browser.url = f"https://localhost:{server.server_port}/one"
    yield browser
    server.shutdown()
    thread.join()
    server.server_close()


def ready(company: Company, browser: Browser, *, inside: bool = True) -> None:
    with opened(company.ann.pk, door="screen") as call:
        channels.set_push(call, is_on=True, inside=inside)
    with opened(company.bob.pk, door="screen") as call:
        wishes.add_device(call, endpoint=browser.url, title="Chrome", **browser.keys)


def told(company: Company, text: str = "Новая задача") -> None:
    with opened(None, door="instance") as call:
        notices.send(call, to=company.bob.pk, text=text, why="You are responsible", url="/tasks/7")
    while routing.serve():
        pass
    while carrying.serve(ways[routes.PUSH]):
        pass


def test_a_browser_reads_what_only_it_can_read(company: Company, browser_of_bob: Browser) -> None:
    ready(company, browser_of_bob)
    told(company)
    notice = Delivery.objects.get().notice_id
    assert browser_of_bob.told == [
        {"title": "Новая задача", "body": "You are responsible", "url": f"/notices/{notice}", "tag": f"notice-{notice}"}
    ]
    head = browser_of_bob.heads[0]
    assert head["Topic"] == f"notice-{notice}"
    assert head["Host"].startswith("localhost:")


def test_the_product_shows_who_it_is(company: Company, browser_of_bob: Browser) -> None:
    ready(company, browser_of_bob)
    told(company)
    words = dict(part.strip().split("=", 1) for part in browser_of_bob.heads[0]["Authorization"][6:].split(","))
    claims = json.loads(opaque(words["t"].split(".")[1]))
    with opened(company.ann.pk, door="screen") as call:
        public = channels.set_push(call, is_on=True).settings["public"]
    assert words["k"] == public
    assert claims["aud"] == browser_of_bob.url.removesuffix("/one")
    assert claims["sub"].startswith("mailto:")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_unsubscribed_is_forgotten(company: Company, browser_of_bob: Browser, status: int) -> None:
    ready(company, browser_of_bob)
    browser_of_bob.status = status
    told(company)
    assert not Device.objects.exists()
    assert Delivery.objects.get().state == "failed"


@pytest.mark.parametrize(("status", "state"), [(400, "failed"), (413, "failed"), (429, "waiting"), (503, "waiting")])
def test_a_service_that_refuses_is_seen_and_asked_again_where_that_makes_sense(
    company: Company, browser_of_bob: Browser, status: int, state: str
) -> None:
    ready(company, browser_of_bob)
    browser_of_bob.status = status
    told(company)
    assert Delivery.objects.get().state == state
    assert str(status) in Device.objects.get().problem


def test_a_browser_cannot_send_the_product_into_its_own_network(company: Company, browser_of_bob: Browser) -> None:
    ready(company, browser_of_bob, inside=False)
    told(company)
    assert browser_of_bob.heads == []
    assert "localhost" in Delivery.objects.get().problem


def test_a_redirect_is_not_followed(company: Company, browser_of_bob: Browser) -> None:
    ready(company, browser_of_bob)
    browser_of_bob.status = 307
    told(company)
    assert len(browser_of_bob.heads) == 1
