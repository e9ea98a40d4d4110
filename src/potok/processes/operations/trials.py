"""Trying definitions out, and keeping what they promise to do."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from potok.kit.calls import Call
from potok.kit.errors import refusal
from potok.kit.events import gathered, savepoint
from potok.kit.operations import operation
from potok.kit.words import _
from potok.processes import rules, triggers
from potok.processes.models import Case, Definition, Version
from potok.processes.operations import definitions
from potok.processes.permissions import EDIT
from potok.processes.trial import Script, Told, cases, try_out

T = TypeVar("T")
UNTITLED = refusal("processes.case.untitled", _("The trial has no title. Say in a few words what it shows."))


class _Undo(Exception):  # noqa: N818
    """Takes back the version that was made only to be tried."""


@operation("processes.trial.run", needs=EDIT)
def run(call: Call, *, source: str, script: Mapping[str, Any] | None = None) -> Told:
    """Try the text of a definition out with pretend people and a wound clock, and leave no trace.

    A text with errors is refused as it is when it is published.
    """
    read = Script.read(script or {})
    return _published(call, source, lambda version: try_out(call, version=version.pk, script=read))


@operation("processes.case.check", needs=EDIT)
def check(call: Call, *, source: str) -> list[cases.Verdict]:
    """Try the text of a definition in every case that is kept of it, and leave no trace."""
    return _published(
        call,
        source,
        lambda version: cases.verdicts(call, definition=version.definition_id, version=version.pk),
    )


@operation("processes.case.keep", needs=EDIT)
def keep(call: Call, *, definition: Definition, title: str, script: Mapping[str, Any] | None = None) -> Case:
    """Try what is drawn, else what is published, and hold versions to what it does.

    A case of the same title is replaced.
    """
    if not title.strip():
        raise UNTITLED(place="title")
    if not definition.source:
        raise rules.NO_DEFINITION(definition=definition.code)
    read = Script.read(script or {})
    told = _published(call, definition.source, lambda version: try_out(call, version=version.pk, script=read))
    # The moment is kept too: on another day, working time would take another way.
    kept = {**read.plain(), "begins": told.begins.isoformat()}
    case, _created = Case.objects.update_or_create(
        definition=definition,
        title=title.strip(),
        defaults={"script": kept, "promise": told.promise(), "kept_at": call.at, "kept_by_id": call.author},
    )
    return case


@operation("processes.case.remove", needs=EDIT)
def remove(call: Call, *, case: Case) -> None:
    """Hold nobody to this trial any more."""
    case.delete()


def _published(call: Call, source: str, then: Callable[[Version], T]) -> T:
    """Publish a text, do something with it, and take everything back."""
    made: list[T] = []
    with gathered(), suppress(_Undo), savepoint():
        version = definitions.draw_up(call, source=source)
        definitions.put_in_force(call, version)
        made.append(then(version))
        raise _Undo
    triggers.forget()
    return made[0]
