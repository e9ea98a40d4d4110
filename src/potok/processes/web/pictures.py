"""Definitions as pictures with what instances tell of their steps: the way of one, the warmth of all of them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from potok.people import public as people
from potok.processes.figures import Figure
from potok.processes.models import StageVisit
from potok.processes.permissions import EDIT
from potok.processes.web import designing_picture, designing_source, lanes
from potok.processes.web.designing_picture import Mark
from potok.processes.web.path import Point
from potok.processes.web.reading import Run
from potok.ui import words

HEATS = 4
# What steps say and send is for those who write definitions; others see which steps there are.
INNER = frozenset({
    "with", "text", "help", "fields", "variables", "parameters", "constants", "responsible", "access", "rights",
    "activity", "comment", "roles",
})  # fmt: skip


def of_run(run: Run, *, reader: int | None, now: datetime) -> str:
    """The definition with the way that a run has taken: what is behind and how long it took, where it stands."""
    marks = {**_branches(run), **{point.name: _mark(run, point, now=now) for point in run.path}}
    label = _("The way of the run through its steps")
    source, stages = run.instance.version.source, _stages(run)
    return _for(reader, designing_picture.drawn(source, marks=marks, stages=stages, label=label))


def of_figures(source: str, figures: Iterable[Figure]) -> str:
    """The definition with how many stand at each step and how long it holds them: the slower, the warmer."""
    told = by_stage(source, figures)
    longest = max((one.median for one in told if one.median), default=timedelta())
    marks = {one.name: _warm(one, longest) for one in told if one.here or one.median}
    return designing_picture.drawn(source, marks=marks, label=_("Where the time goes, step by step"))


def by_stage(source: str, figures: Iterable[Figure]) -> list[Figure]:
    """One figure for each stage, where a definition has stages; else those of its steps."""
    told, plain = list(figures), designing_source.plain(source)
    if designing_picture.notation_of(plain) == "stages" and isinstance(plain, dict):
        return [_whole(stage, told) for stage in plain["stages"]]
    return told


def heat(value: float, most: float) -> int:
    """How warm something is among others, 1 to 4; 0 for what is nothing."""
    return min(HEATS, int(value / most * HEATS) + 1) if value and most else 0


def _branches(run: Run) -> dict[str, Mark]:
    """The branches that it went into and the loops that it went through again, by their places."""
    names = run.graph.names
    chosen = Counter(f"{names[one.node]}:{one.detail}" for one in run.lines if one.what == "chose" and one.node >= 0)
    again = {
        f"{way.removesuffix(':0')}:{lanes.BACK}" for way, times in chosen.items() if way.endswith(":0") and times > 1
    }
    places = lanes.lanes(designing_source.plain(run.instance.version.source)) if chosen else {}
    return {place: Mark(state="done") for way, place in places.items() if way in chosen or way in again}


def _stages(run: Run) -> list[str]:
    return list(StageVisit.objects.filter(instance=run.instance.pk).order_by("pk").values_list("stage", flat=True))


def _mark(run: Run, point: Point, *, now: datetime) -> Mark:
    note, due = "", run.due.get(point.token or 0)
    if point.state == "done" and point.waits and point.begun_at and point.ended_at:
        note = words.lasts_short(point.ended_at - point.begun_at)
    elif point.state == "timer" and due:
        note = words.moment_short(due)
    elif point.state in ("person", "wait", "incident", "run") and point.begun_at:
        note = words.lasts_short(now - point.begun_at)
    told = [point.title, words.moment(point.begun_at) if point.begun_at else ""]
    return Mark(state=point.state, note=note, title=", ".join(filter(None, told)))


def _whole(stage: str, figures: Iterable[Figure]) -> Figure:
    """One figure of all that belongs to a stage: several things wait in it at once, and it is left once."""
    own = [one for one in figures if one.name == stage or one.name.startswith((f"{stage}.", f"{stage}_"))]
    entered = next((one for one in own if one.name == stage), None)
    return Figure(
        stage,
        entered.title if entered else stage,
        kind="",
        block="",
        passed=entered.passed if entered else 0,
        here=max((one.here for one in own), default=0),
        median=max((one.median for one in own if one.median), default=None),
        since=min((one.since for one in own if one.since), default=None),
        ninth=max((one.ninth for one in own if one.ninth), default=None),
    )


def _warm(one: Figure, longest: timedelta) -> Mark:
    seconds = one.median.total_seconds() if one.median else 0.0
    here = ngettext("%(n)s here", "%(n)s here", one.here) % {"n": one.here} if one.here else ""
    lasts = words.lasts_short(one.median) if one.median else ""
    ninth = _("9 of 10 within %(lasts)s") % {"lasts": words.lasts_short(one.ninth)} if one.ninth else ""
    passed = _("passed: %(n)s") % {"n": one.passed} if one.passed else ""
    title = ", ".join(filter(None, [one.title, here, lasts, ninth, passed]))
    return Mark(heat=heat(seconds, longest.total_seconds()), note=", ".join(filter(None, [here, lasts])), title=title)


def _for(reader: int | None, picture: str) -> str:
    """The same for whoever does not write definitions: the steps, and not what is in them."""
    if not picture or people.may(reader, permission=EDIT):
        return picture
    told: dict[str, Any] = json.loads(picture)
    told["source"] = _outer(told["source"])
    told["values"]["names"] = {}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _outer(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        kept = {name: _outer(value) for name, value in plain.items() if name not in INNER}
        if isinstance(plain.get("stages"), Mapping):  # Their ids are names of their own.
            kept["stages"] = {id: _outer(stage) for id, stage in plain["stages"].items()}
        return kept
    return [_outer(one) for one in plain] if isinstance(plain, list) else plain
