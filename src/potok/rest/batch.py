"""`batch`: up to fifty commands in order, later ones naming results of earlier ones."""

import re
from collections.abc import Mapping
from typing import Any

from potok.kit.dialects import Page, WireError
from potok.rest import calling, encoding, envelope
from potok.rest.envelope import Watch
from potok.rest.models import WebHook

COMMANDS_MAX = 50
UPLOADS = ("disk.folder.uploadfile", "disk.storage.uploadfile")
REFERENCE = re.compile(r"\$result((?:\[[^\[\]]*\])+)")
TRUE = {"1", "true", "y", "yes"}
SECTIONS = ("result", "result_error", "result_total", "result_next", "result_time")


def run(hook: WebHook, given: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out all commands; a failing one fills `result_error` and, with `halt`, ends the batch."""
    commands = _commands(_argument(given, "cmd"))
    halt = str(_argument(given, "halt") or "").lower() in TRUE
    sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    for place, (key, command) in enumerate(commands.items()):
        _carry(hook, key, command, place, sections)
        if halt and sections["result_error"]:
            break
    return dict(sections)


def _argument(given: Mapping[str, Any], name: str) -> Any:
    return next((value for key, value in given.items() if key.lower() == name), None)


def _commands(cmd: Any) -> dict[str, str]:
    if isinstance(cmd, list):
        cmd = {str(place): command for place, command in enumerate(cmd)}
    if not isinstance(cmd, Mapping):
        raise WireError(100, "Could not find value for parameter {cmd}")
    return {str(key): str(command) for key, command in cmd.items()}


def _carry(hook: WebHook, key: str, command: str, place: int, sections: dict[str, dict[str, Any]]) -> None:
    watch = Watch.start()
    try:
        answer = _one(hook, command, place, sections["result"])
    except WireError as error:
        sections["result_error"][key] = envelope.failure(error)
        return
    if isinstance(answer, Page):
        sections["result_total"][key] = answer.total
        if answer.next is not None:
            sections["result_next"][key] = answer.next
        answer = answer.result
    sections["result"][key] = encoding.as_php(answer)
    sections["result_time"][key] = watch.times()


def _one(hook: WebHook, command: str, place: int, results: Mapping[str, Any]) -> Any:
    if place >= COMMANDS_MAX:
        raise WireError("ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
    name, _, query = command.partition("?")
    name = name.strip().strip("/").removesuffix(".json")
    if name.lower() == "batch" or name.lower() in UPLOADS:
        raise WireError("ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage", status=405)
    return calling.call(hook, name, _filled(encoding.read_query(query), results))


def _filled(value: Any, results: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(below, results) for key, below in value.items()}
    if isinstance(value, list):
        return [_filled(below, results) for below in value]
    if not isinstance(value, str) or "$result" not in value:
        return value
    whole = REFERENCE.fullmatch(value)
    if whole:
        return _found(results, whole[1])
    return REFERENCE.sub(lambda part: _text(_found(results, part[1])), value)


def _found(results: Any, path: str) -> Any:
    """What an earlier command answered; an unresolvable reference is empty, so that chains over short data end well."""
    for key in path[1:-1].split("]["):
        if isinstance(results, Mapping):
            results = results.get(key)
        elif isinstance(results, list) and key.isdecimal() and int(key) < len(results):
            results = results[int(key)]
        else:
            return ""
    return "" if results is None else results


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
