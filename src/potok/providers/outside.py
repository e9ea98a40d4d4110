"""How a provider is asked over HTTP: over TLS, at the very address that was judged, without following anybody."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.notify.public import outside

TIMEOUT_SECONDS = 10
ANSWER_MAX = 1_000_000
FAILED = _("{host} answered {status}: {said}")
SILENT = _("{host} cannot be reached: {said}")
INSIDE = _("{host} stands in the network of this server. Tick that it may, if it does.")
UNREADABLE = _("{host} answered something that is not JSON. Is the address right?")


def ask(method: str, url: str, *, inside: bool, **more: Any) -> Mapping[str, Any]:
    """Ask for a JSON object; `Trouble` says in words why there is none."""
    host = httpx.URL(url).host
    try:
        with (
            httpx.Client(transport=outside.Judged(inside=inside), timeout=TIMEOUT_SECONDS) as client,
            client.stream(method, url, **more) as answer,
        ):
            body = _read(answer)
    except Trouble as trouble:
        raise Trouble("providers.inside", INSIDE, lasting=True, host=host) if trouble.lasting else trouble from trouble
    except httpx.HTTPError as failure:
        raise Trouble("providers.silent", SILENT, host=host, said=str(failure)) from failure
    if answer.status_code != httpx.codes.OK:
        said = body[:200].decode(errors="replace").strip()
        raise Trouble("providers.failed", FAILED, host=host, status=answer.status_code, said=said)
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Trouble("providers.unreadable", UNREADABLE, lasting=True, host=host)
    return told


def _read(answer: httpx.Response) -> bytes:
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > ANSWER_MAX:
            break
    return body[:ANSWER_MAX]
