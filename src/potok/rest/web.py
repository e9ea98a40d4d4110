"""The door: one view for every method, in JSON or XML."""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from potok.kit.dialects import WireError
from potok.rest import batch, calling, encoding, envelope, hooks, limits, openapi
from potok.rest.envelope import Watch
from potok.rest.models import WebHook

TOO_LARGE = WireError("INVALID_REQUEST", "The request is too large.", status=413)
LOOPBACK = ("127.0.0.1", "::1")


# The address itself is the secret; there is no session and so no cross-site form to fear.
@csrf_exempt
@login_not_required
def door(request: HttpRequest, person: str, secret: str, name: str) -> HttpResponse:
    """Answer `/rest/{person}/{secret}/{method}[.json|.xml]`."""
    watch = Watch.start()
    name, as_xml = _method_name(name)
    status = 200
    try:
        hook = _enter(request, int(person), secret)
        body = envelope.success(_answer(hook, name, _given(request)), watch)
    except WireError as error:
        status, body = error.status, envelope.failure(error)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        status, body = TOO_LARGE.status, envelope.failure(TOO_LARGE)
    plain = encoding.as_php(body)
    return _xml(plain, status) if as_xml else _json(plain, status)


@login_not_required
def schema(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document of this installation."""
    return JsonResponse(openapi.document(), json_dumps_params={"ensure_ascii": False})


def _method_name(path: str) -> tuple[str, bool]:
    name = path.strip("/")
    return name.removesuffix(".json").removesuffix(".xml"), name.endswith(".xml")


def _enter(request: HttpRequest, person: int, secret: str) -> WebHook:
    address = request.META.get("REMOTE_ADDR", "")
    if settings.REST_NEEDS_HTTPS and not request.is_secure() and address not in LOOPBACK:
        raise WireError("INVALID_REQUEST", "Https required.")
    limits.check(f"{person}:{address}")
    hook = hooks.find(person, secret)
    if hook is None:
        raise WireError("INVALID_CREDENTIALS", "Invalid request credentials", status=401)
    return hook


def _answer(hook: WebHook, name: str, given: Mapping[str, Any] | list[Any]) -> Any:
    if name.lower() == "batch":
        return batch.run(hook, given if isinstance(given, Mapping) else {})
    return calling.call(hook, name, given)


def _given(request: HttpRequest) -> Mapping[str, Any] | list[Any]:
    """Query string and body together: some clients put everything into the one, some into the other."""
    query = encoding.read_query(request.META.get("QUERY_STRING", ""))
    if request.content_type == "application/json":
        body = _from_json(request.body)
        return body if isinstance(body, list) and not query else query | dict(body or {})
    if request.method == "POST":
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        return query | encoding.nest([*fields, *request.FILES.items()])
    return query


def _from_json(body: bytes) -> Any:
    if not body.strip():
        return {}
    try:
        read = encoding.listed(json.loads(body))
    except (ValueError, RecursionError):
        raise WireError("INVALID_REQUEST", "The body is not JSON.") from None
    if not isinstance(read, Mapping | list):
        raise WireError("INVALID_REQUEST", "The body is neither a map nor a list.")
    return read


def _json(body: Any, status: int) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


def _xml(body: Any, status: int) -> HttpResponse:
    root = ET.Element("response")
    _fill(root, body)
    return HttpResponse(ET.tostring(root, "utf-8", xml_declaration=True), status=status, content_type="text/xml")


def _fill(element: ET.Element, value: Any) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            _fill(ET.SubElement(element, str(key) if str(key)[:1].isalpha() else "item"), below)
    elif isinstance(value, list):
        for below in value:
            _fill(ET.SubElement(element, "item"), below)
    else:
        element.text = str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)
