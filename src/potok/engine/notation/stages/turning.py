"""From a block tree to stages and back, on the text as data: what is not understood is carried over as it is.

A tree becomes one stage that does its steps and leads to an end; `stop: branch` that ends the tree becomes `go:` to it.
The way back is sure only when nothing but this is in the stages: `lost` says what a tree would not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from potok.engine.notation.tree.source import Plain

Data = Mapping[str, Plain]

WORK, DONE = "work", "done"
# Keys of a step that hold steps, or branches with steps, from which `stop: branch` still ends the tree.
OUTWARDS = frozenset({"if", "cases", "race", "on_error", "on_escalation", "meanwhile", "do", "else", "late"})
# Those within which it ends less, and out of which `go:` leads from deeper.
INWARDS = frozenset({"parallel", "steps", "try"})
OF_WORK, OF_DONE = frozenset({"title", "begin", "enter", "then"}), frozenset({"title", "end"})


class Loss(NamedTuple):
    """Something that a tree has no place for: a key, and the title of the stage that it stands in."""

    key: str
    stage: str = ""


def to_stages(plain: Data, *, working: str, finished: str) -> dict[str, Plain]:
    """Turn a tree into stages, which get these titles."""
    taken = set(_ids(plain))
    work, done = (_free(name, taken) for name in (WORK, DONE))
    steps = [_turned(step, _stopped_by(done)) for step in _list(plain.get("do"))]
    stages: dict[str, Plain] = {
        work: {"title": working, "begin": True, "enter": steps, "then": done},
        done: {"title": finished, "end": True},
    }
    return _instead(plain, "do", stages={"stages": stages})


def to_tree(plain: Data) -> dict[str, Plain]:
    """Turn stages of which nothing would be lost into a tree."""
    stages = _mapping(plain.get("stages"))
    work, done = _both(stages)
    entered = _list(_mapping(stages.get(work)).get("enter"))
    steps = [_turned(step, _gone_to(done)) for step in entered]
    return _instead({key: each for key, each in plain.items() if key != "access"}, "stages", stages={"do": steps})


def lost(plain: Data, *, working: str = "", finished: str = "") -> list[Loss]:
    """Name what a tree would not hold. A title counts, unless it is the one that such a stage gets by itself."""
    stages = {id: _mapping(stage) for id, stage in _mapping(plain.get("stages")).items()}
    work, done = _both(stages)
    found = [Loss("access")] if plain.get("access") is not None else []
    for id, stage in stages.items():
        if id not in (work, done):
            found.append(Loss("stage", _called(id, stage)))
            continue
        own, usual = (OF_WORK, working) if id == work else (OF_DONE, finished)
        found += [Loss(key, _called(id, stage)) for key in stage if key not in own]
        if stage.get("title") not in (None, "", usual):
            found.append(Loss("title", _called(id, stage)))
    if work:
        if stages[work].get("then") != done:
            found.append(Loss("then", _called(work, stages[work])))
        turned = [_turned(step, _gone_to(done)) for step in _list(stages[work].get("enter"))]
        found += [Loss("go", _called(work, stages[work])) for _step in _going(turned)]
    return found


def _both(stages: Data) -> tuple[str, str]:
    """The stage where the process begins, and the one where it ends."""
    begins = [id for id, stage in stages.items() if _mapping(stage).get("begin")]
    ends = [id for id, stage in stages.items() if _mapping(stage).get("end")]
    return (begins or [""])[0], (ends or [""])[0]


def _stopped_by(done: str) -> Callable[[Data], dict[str, Plain]]:
    return lambda step: {"go" if key == "stop" else key: done if key == "stop" else each for key, each in step.items()}


def _gone_to(done: str) -> Callable[[Data], dict[str, Plain]]:
    def turned(step: Data) -> dict[str, Plain]:
        if step.get("go") != done:
            return dict(step)
        return {"stop" if key == "go" else key: "branch" if key == "go" else each for key, each in step.items()}

    return turned


def _turned(step: Plain, change: Callable[[Data], dict[str, Plain]]) -> Plain:
    """A step with every exit of the tree in it changed."""
    if not isinstance(step, Mapping):
        return step
    found = change(step) if step.get("stop") == "branch" or "go" in step else dict(step)
    outwards = OUTWARDS - ({"do"} if "each" in step else set())
    for key in outwards & found.keys():
        if isinstance(inner := found[key], list):
            found[key] = [_turned(each, change) for each in inner]
    return found


def _going(plain: Plain) -> Iterator[Data]:
    """Steps that go to a stage and have no counterpart in a tree."""
    for step in _list(plain):
        if isinstance(step, Mapping):
            if "go" in step:
                yield step
            for key in (OUTWARDS | INWARDS) & step.keys():
                yield from _going(step[key])


def _ids(plain: Plain) -> Iterator[str]:
    if isinstance(plain, Mapping):
        if isinstance(plain.get("id"), str):
            yield str(plain["id"])
        for each in plain.values():
            yield from _ids(each)
    elif isinstance(plain, list):
        for each in plain:
            yield from _ids(each)


def _free(name: str, taken: set[str]) -> str:
    return next(each for each in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _instead(plain: Data, key: str, *, stages: dict[str, Plain]) -> dict[str, Plain]:
    """The same document with other keys in the place of one."""
    rest = {name: each for name, each in plain.items() if name != key}
    return {**rest, **stages}


def _list(plain: Plain) -> list[Plain]:
    return plain if isinstance(plain, list) else []


def _mapping(plain: Plain) -> Data:
    return plain if isinstance(plain, dict) else {}


def _called(id: str, stage: Data) -> str:
    return str(stage.get("title") or id)
