"""Web push: notices reach browsers in which no page of the product is open (RFC 8030, 8291, 8292).

Each browser subscribes at the service of its maker and hands us the address and two keys; what we write, only that
browser can read. Who we are is shown by a pair of keys of this installation, made when the channel is switched on.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext_lazy

from potok.kit import clock
from potok.kit.errors import Trouble
from potok.kit.sealing import seal
from potok.kit.words import _
from potok.notify import outside, routes
from potok.notify.channels import Channel, Unreached, channels, state
from potok.notify.models import Device, Notice
from potok.people.public import Person

TIMEOUT_SECONDS = 15
KEPT_SECONDS = 24 * 60 * 60
TEXT_MAX = 1_000  # services take 4,096 bytes, encrypted
GONE = (404, 410)
FAILED = _("The push service {host} answered {status}: {said}")
UNREACHABLE = _("The push service {host} cannot be reached: {said}")
NO_DEVICE = _("None of the browsers takes notices any more.")


def carry(person: Person, notices: Sequence[Notice]) -> None:
    """Tell every browser of a person; one that has unsubscribed is forgotten."""
    for notice in notices:
        reached = [_tell(device, notice) for device in Device.objects.filter(person=person).order_by("pk")]
        if not any(trouble is None for trouble in reached):
            raise next((one for one in reached if one), None) or Unreached("notify.no_device", NO_DEVICE, lasting=True)


def is_ready() -> bool:
    """Tell whether administrators have switched it on."""
    return state.is_on(routes.PUSH)


def fresh_keys() -> tuple[str, str]:
    """Draw a pair of keys: the public one as browsers want it, the private one sealed."""
    drawn = ec.generate_private_key(ec.SECP256R1())
    public = drawn.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    private = drawn.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return base64.urlsafe_b64encode(public).rstrip(b"=").decode(), seal(private)


def _tell(device: Device, notice: Notice) -> Trouble | None:
    try:
        answer = _post(device, _words(notice), topic=f"notice-{notice.pk}")
    except Trouble as trouble:
        return _note(device, trouble)
    if answer.status_code in GONE:
        device.delete()
        return Unreached("notify.no_device", NO_DEVICE, lasting=True)
    if answer.is_success:
        Device.objects.filter(pk=device.pk).update(used_at=clock.now(), problem="")
        return None
    host = urlsplit(device.endpoint).hostname or ""
    told = {"host": host, "status": answer.status_code, "said": answer.text[:200].strip()}
    again = answer.status_code == 429 or answer.status_code >= 500
    return _note(device, Unreached("notify.push_refused", FAILED, lasting=not again, **told))


def _note(device: Device, trouble: Trouble) -> Trouble:
    Device.objects.filter(pk=device.pk).update(problem=trouble.sentence())
    return trouble


def _words(notice: Notice) -> dict[str, Any]:
    text = notice.outside or notice.text
    return {
        "title": text[:TEXT_MAX],
        "body": notice.why[:TEXT_MAX],
        "url": f"/notices/{notice.pk}",
        # Told again after a crash, it takes the place of the first.
        "tag": f"notice-{notice.pk}",
    }


def _post(device: Device, words: dict[str, Any], *, topic: str) -> httpx.Response:
    told, private = state.setting(routes.PUSH)
    parts = urlsplit(device.endpoint)
    headers = {
        "TTL": str(KEPT_SECONDS),
        "Topic": topic,
        "Urgency": "normal",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **_signed(private, origin=f"{parts.scheme}://{parts.netloc}"),
    }
    try:
        there = outside.Judged(inside=bool(told.get("inside")))
        with httpx.Client(transport=there, timeout=TIMEOUT_SECONDS) as client:
            return client.post(device.endpoint, content=_sealed(device, words), headers=headers)
    except httpx.HTTPError as failure:
        raise Unreached("notify.push_unreachable", UNREACHABLE, host=parts.hostname, said=str(failure)) from failure


def _sealed(device: Device, words: dict[str, Any]) -> bytes:
    from pywebpush import WebPusher  # type: ignore[import-untyped] # slow to import, and only the worker needs it

    keys = {"p256dh": device.public, "auth": device.shared}
    made = WebPusher({"endpoint": device.endpoint, "keys": keys}).encode(
        json.dumps(words, ensure_ascii=False).encode(), content_encoding="aes128gcm"
    )
    body: bytes = made["body"]
    return body


def _signed(private: str, *, origin: str) -> dict[str, str]:
    from py_vapid import Vapid02  # type: ignore[import-untyped]

    until = int(clock.now().timestamp()) + 12 * 60 * 60
    claims = {"sub": f"mailto:{_owner()}", "aud": origin, "exp": until}
    signed: dict[str, str] = Vapid02.from_pem(private.encode()).sign(claims)
    return signed


def _owner() -> str:
    return f"potok@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}"


channels.add(routes.PUSH, Channel(routes.PUSH, gettext_lazy("Browsers"), is_ready, carry))
