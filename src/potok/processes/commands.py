"""The command line of processes."""

from pathlib import Path
from typing import Annotated

import yaml
from django.utils.translation import gettext as _

from potok.kit.commands import command
from potok.kit.doors import opened
from potok.kit.errors import MISSING, Refusals
from potok.kit.words import _ as mark
from potok.processes import replay
from potok.processes.folding import Folded
from potok.processes.operations import definitions, trials


@command("definition check")
def check(file: Annotated[Path, "the text of a definition"]) -> int:
    """Tell everything that is wrong with the text of a definition, and publish nothing."""
    with opened(None, door="command") as call:
        found = definitions.check(call, source=_text(file))
    for one in found:
        mark = _("advice") if one.is_advice else _("error")
        _say(f"{file}:{one.line}:{one.column}: {mark}: {one.sentence} {one.hint}".rstrip())
    if not found:
        _say(_("No problems found."))
    return 1 if any(not one.is_advice for one in found) else 0


@command("definition publish")
def publish(file: Annotated[Path, "the text of a definition"]) -> int:
    """Publish a definition: new instances follow this text from now on."""
    try:
        with opened(None, door="command") as call:
            version = definitions.publish(call, source=_text(file))
    except Refusals as refused:
        for one in refused:
            _say(f"{file}:{one.place}: {one.sentence()}")
        return 1
    _say(_("Published: {title}, version {number}.").format(title=version.definition.title, number=version.number))
    return 0


@command("definition try")
def try_(
    file: Annotated[Path, "the text of a definition"],
    *,
    script: Annotated[Path | None, "who answers what, in YAML"] = None,
) -> int:
    """Let a definition run with pretend people and a wound clock, tell what it would do, and keep nothing."""
    given = yaml.safe_load(script.read_text(encoding="utf-8")) if script else {}
    try:
        with opened(None, door="command") as call:
            told = trials.run(call, source=_text(file), script=given)
    except Refusals as refused:
        for one in refused:
            _say(f"{file}:{one.place}: {one.sentence()}")
        return 1
    for line in told.lines:
        shown = line.told.get("title") or line.told.get("subject") or line.told.get("text") or ""
        _say(f"{line.at:%Y-%m-%d %H:%M}  {line.step or '–':20}  {line.kind}: {line.what}  {shown}".rstrip())
    days = (told.ends - told.begins).days
    _say(_(ENDS.get(told.standing, NOT_YET)).format(days=days, steps=", ".join(told.waits_for)))
    if told.coverage.missed:
        _say(_("Not shown by this trial: {steps}.").format(steps=", ".join(told.coverage.missed)))
    return 0


@command("instance replay")
def replay_(
    id: Annotated[int | None, "the number of an instance"] = None, *, all: Annotated[bool, "every instance"] = False
) -> int:
    """Live instances again from their journals, and tell where the journal and what is stored part."""
    if id is None and not all:
        raise MISSING(id="--all")
    folded = replay.fold_all() if id is None else [(id, _there(replay.fold(id), id))]
    count = wrong = gaps = 0
    for one, found in folded:
        count += 1
        if found.difference is not None:
            gaps += found.difference.is_gap
            wrong += not found.difference.is_gap
            # Of all there are, many may be older than what is kept to replay them by.
            if id is not None or not found.difference.is_gap:
                _say(f"{one}: {found.difference.sentence()}")
    _say(_("Replayed: {count}, without enough in the journal: {gaps}, wrong: {wrong}.").format(
        count=count, gaps=gaps, wrong=wrong))  # fmt: skip
    return 1 if wrong else 0


def _there(folded: Folded | None, id: int) -> Folded:
    if folded is None:
        raise MISSING(id=id)
    return folded


ENDS = {
    "completed": mark("It comes to its end after {days} days."),
    "terminated": mark("It is ended early after {days} days."),
    "stuck": mark("After {days} days it fails and waits for an operator: {steps}."),
    "not_started": mark("It does not start."),
}
NOT_YET = mark("After {days} days it still waits: {steps}.")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _say(line: str) -> None:
    print(line)
