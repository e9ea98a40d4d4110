"""Two versions side by side as pictures: what is new, gone, moved or changed; where instances stand and would go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from potok.engine.graph.difference import Change, Difference, difference
from potok.engine.graph.matching import matched
from potok.processes import published
from potok.processes.models import Version
from potok.processes.web import designing_picture, designing_source
from potok.processes.web.designing_picture import Mark


@dataclass(frozen=True)
class Pictured:
    """One of the two."""

    title: str
    picture: str


def compared(old: Version, new: Version) -> list[Pictured]:
    """Draw both: the old one shows what is gone, the new one what has come, both what is otherwise."""
    before, after = published.version(old.pk).graph, published.version(new.pk).graph
    found = [one for one in difference(before, after) if one.kind]
    was = {after.names[there]: before.names[here] for here, there in matched(before, after).items()}
    ahead = {one.name: _mark(one) for one in found if one.change is not Change.DROPPED}
    behind = {was.get(one.name, one.name): _mark(one) for one in found if one.change is not Change.ADDED}
    return [_pictured(old, behind), _pictured(new, ahead)]


def moving(old: Version, new: Version, *, here: Mapping[str, int], to: Mapping[str, str]) -> list[Pictured]:
    """Draw both with how many instances stand at each step, and how many would come to each; by names of steps."""
    coming: dict[str, int] = {}
    for name, count in here.items():
        if to.get(name):
            coming[to[name]] = coming.get(to[name], 0) + count
    stand = {
        name: Mark(state="run" if to.get(name) else "incident", note=str(count))
        for name, count in here.items()
        if count
    }
    come = {name: Mark(state="run", note=str(count)) for name, count in coming.items() if count}
    return [_pictured(old, stand), _pictured(new, come)]


def _pictured(version: Version, marks: Mapping[str, Mark]) -> Pictured:
    title = _("version %(n)s") % {"n": version.number}
    plain = designing_source.plain(version.source)
    in_stages = designing_picture.notation_of(plain) == "stages"
    shown = _of_stages(marks, stages=plain["stages"]) if in_stages else marks
    return Pictured(title, designing_picture.drawn(version.source, marks=shown, label=title))


def _of_stages(marks: Mapping[str, Mark], *, stages: Iterable[str]) -> dict[str, Mark]:
    """Whatever belongs to a stage is told of the stage: one of which only a part is new has changed."""
    found: dict[str, Mark] = {}
    for stage in stages:
        own = marks.get(stage)
        parts = [
            mark for name, mark in marks.items() if name.startswith((f"{stage}.", f"{stage}_", f"stages.{stage}."))
        ]
        if own or parts:
            found[stage] = own or Mark(state=_whole(parts), note=next((one.note for one in parts if one.note), ""))
    return found


def _whole(parts: Iterable[Mark]) -> str:
    states = {one.state for one in parts}
    return states.pop() if states <= {"run", "incident"} and len(states) == 1 else str(Change.CHANGED)


def _mark(one: Difference) -> Mark:
    title = "\n".join(f"{turn.what}: {turn.before} → {turn.after}".strip() for turn in one.turns)
    return Mark(state=str(one.change), title=title)
