"""One method call: found, allowed, read, answered in a transaction of its own."""

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

from potok.kit import ids
from potok.kit.dialects import Method, WireError, methods
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.kit.passing import again
from potok.rest import arguments, envelope, scopes
from potok.rest.models import WebHook

log = logging.getLogger("potok.rest")


def call(hook: WebHook, name: str, given: Mapping[str, Any] | list[Any]) -> Any:
    """Answer a method, or raise the `WireError` that says why not."""
    method = _find(name)
    if not scopes.allows(hook.scopes, method.scope):
        raise WireError(
            "insufficient_scope",
            "The request requires higher privileges than provided by the webhook token",
            status=401,
        )
    read = arguments.read(method, given)
    try:
        return again(lambda: _answer(hook, method, read))
    except Refused as refused:
        raise envelope.from_refused(refused) from None
    except WireError:
        raise
    except Exception:
        raise _defect(name) from None


def _answer(hook: WebHook, method: Method, read: Any) -> Any:
    with opened(hook.person_id, door="rest") as asked:
        return method.answer(asked, read)


def _find(name: str) -> Method:
    known = methods.get(name) or _by_lower(len(methods)).get(name.lower())
    if known is None:
        raise WireError("ERROR_METHOD_NOT_FOUND", "Method not found!", status=404)
    return known


@cache
def _by_lower(_count: int) -> Mapping[str, Method]:
    return {known.lower(): method for known, method in methods.all().items()}


def _defect(name: str) -> WireError:
    number = ids.new_key()[:12]
    log.exception("%s failed, number %s", name, number)
    return WireError("INTERNAL_SERVER_ERROR", f"Internal server error, number {number}", status=500)
