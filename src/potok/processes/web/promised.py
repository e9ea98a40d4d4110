"""How a trial departs from what its case promised, line by line, in the words of the steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from potok.processes import published
from potok.processes.models import Definition
from potok.processes.trial.cases import Verdict
from potok.processes.web.tried import ABOUT

SHOWN_MAX = 40


@dataclass(frozen=True)
class Turned:
    """One line that is promised and does not come, or comes without having been promised."""

    is_new: bool
    text: str


def turned(verdict: Verdict, definition: Definition) -> list[Turned]:
    """List the lines that differ: what is done first; where nothing is, the way that is gone."""
    if verdict.told is None or not verdict.case.promise:
        return []
    titles = {**_titles(definition), **verdict.told.titles}
    now, was = verdict.told.promise(), verdict.case.promise
    for told in (_done, _done_in_full, _way):
        if found := list(_differing(told(was, titles), told(now, titles))):
            return found[:SHOWN_MAX]
    return []


def _differing(was: Sequence[str], now: Sequence[str]) -> Iterator[Turned]:
    for _tag, begin, end, begin_now, end_now in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if was[begin:end] != now[begin_now:end_now]:
            yield from (Turned(is_new=False, text=line) for line in was[begin:end])
            yield from (Turned(is_new=True, text=line) for line in now[begin_now:end_now])


def _done(promise: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """What is done, by the words that people read first."""
    return [
        _said(titles.get(step, step), [texts[name] for name in ABOUT if name in texts])
        for step, _what, texts in promise.get("done", ())
    ]


def _done_in_full(promise: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    # The database gives the names of an object in an order of its own.
    return [
        _said(titles.get(step, step), [texts[name] for name in sorted(texts)])
        for step, _what, texts in promise.get("done", ())
    ]


def _way(promise: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """The steps that are come to, each once for every visit."""
    found: list[str] = []
    for one in promise.get("path", ()):
        title = titles.get(step := one.rpartition(":")[0], step)
        if not found or found[-1] != title:
            found.append(title)
    return found


def _said(title: str, texts: Sequence[str]) -> str:
    said = " · ".join(text for text in texts if text)
    return f"{title}: {said}" if said else title


def _titles(definition: Definition) -> dict[str, str]:
    """What the published version calls its steps, for those that are no longer there."""
    if definition.version_id is None:
        return {}
    version = published.version(definition.version_id)
    return {name: version.title_of(node) for node, name in enumerate(version.graph.names)}
