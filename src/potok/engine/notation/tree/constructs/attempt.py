"""`try:` does its steps and watches over them: errors are caught, and events may happen meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Caught, Kind, Results, Scoped
from potok.engine.notation.tree import asking
from potok.engine.notation.tree.constructs.race import NO_EVENT
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.scoping import Scope, scope
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem
from potok.engine.values import TEXT

THEN = ("stop", "go_on", "again")
CAUGHT: Results = {"code": TEXT, "message": TEXT, "step": TEXT}
NOTHING_WATCHED = problem(
    "tree.nothing_watched",
    _("Nothing is caught here."),
    hint=_("Add “on_error:”, “on_escalation:” or “meanwhile:”, or write “steps:” instead of “try:”."),
)
NEVER_AGAIN = problem(
    "tree.never_again",
    _("This moment comes once, so it cannot come again."),
    hint=_("Write a pause of some length (“for:”), or “then: go_on”."),
)


@dataclass(frozen=True, kw_only=True)
class Handler(Step):
    """What is done about an error or an escalation of these codes, or of any; its results say what came."""

    word: ClassVar[str] = ""
    what: str = "error"
    codes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    stops: bool = True

    @classmethod
    def read(cls, given: Given) -> Self:
        steps = given.steps("do") if given.has("do") else ()
        return cls(id=given.text("id"), place=given.path, steps=steps, codes=tuple(map(str, given.list("codes"))))

    def write(self) -> dict[str, Plain]:
        then = "" if self.stops or self.what == "error" else "go_on"
        steps = [asking.written(step) for step in self.steps]
        return filled(id=self.id, codes=list(self.codes), then=then, do=steps)

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        return [draft.add(self, Kind.CATCH, after=after, payload=Caught(self.what, self.codes))]

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.steps

    def gives(self, draft: Draft) -> Results:
        return CAUGHT


@dataclass(frozen=True)
class Listener:
    """An event that may happen while the steps are done: it stops them, goes beside them once, or each time anew."""

    event: Step
    steps: tuple[Step, ...] = ()
    then: str = "stop"


@dataclass(frozen=True, kw_only=True)
class Attempt(Step):
    word: ClassVar[str] = "try"
    steps: tuple[Step, ...]
    handlers: tuple[Handler, ...] = ()
    listeners: tuple[Listener, ...] = ()

    @classmethod
    def read(cls, given: Given) -> Self:
        steps = given.steps("try")
        errors = tuple(_read_handler(each, "error") for each in given.each("on_error"))
        escalations = tuple(_read_handler(each, "escalation") for each in given.each("on_escalation"))
        heard = [_read_listener(each) for each in given.each("meanwhile")]
        if not (errors or escalations or heard):
            given.complain(NOTHING_WATCHED)
        return cls(
            steps=steps, handlers=(*errors, *escalations), listeners=tuple(listener for listener in heard if listener)
        )

    def write(self) -> dict[str, Plain]:
        caught = {what: [each.write() for each in self.handlers if each.what == what] for what in WATCHED}
        return {
            "try": [asking.written(step) for step in self.steps],
            **filled(**{WATCHED[what]: handlers for what, handlers in caught.items()}),
            **filled(meanwhile=[_write_listener(each) for each in self.listeners]),
        }

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        drawn = scope(draft, self, self.steps, after=after, path=(*self.place, "try"), payload=Scoped())
        for handler in self.handlers:
            self._handle(drawn, handler, handler.steps, stops=handler.stops)
        for listener in self.listeners:
            if not listener.event.off:
                self._listen(drawn, listener)
        return drawn.ends

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.steps
        for handler in self.handlers:
            yield (handler,)
        for listener in self.listeners:
            yield (listener.event,)
            yield listener.steps

    def _handle(self, drawn: Scope, event: Step, steps: Sequence[Step], *, stops: bool, again: bool = False) -> None:
        with drawn.inside():
            node = event.compile(drawn.draft, after=[drawn.opener])
            if again:
                node = [drawn.draft.add(event, Kind.AGAIN, after=node, part="again")]
        drawn.draft.see([event])
        follow = drawn.left if stops else drawn.stayed
        follow(event, steps, event=node, path=(*event.place, "do"))

    def _listen(self, drawn: Scope, listener: Listener) -> None:
        event = listener.event
        if not drawn.draft.happens(event):
            drawn.draft.complain(NO_EVENT, event.place, word=event.word)
        if listener.then == "again" and not getattr(event, "comes_again", True):
            drawn.draft.complain(NEVER_AGAIN, (*event.place, "then"))
        stops, again = listener.then == "stop", listener.then == "again"
        self._handle(drawn, event, listener.steps, stops=stops, again=again)


WATCHED: Mapping[str, str] = {"error": "on_error", "escalation": "on_escalation"}


def _read_handler(given: Given, what: str) -> Handler:
    read = Handler.read(given)
    stops = what == "error" or given.one_of("then", str, default="stop", offered=THEN[:2]) == "stop"
    given.nothing_else()
    return Handler(id=read.id, place=read.place, what=what, codes=read.codes, steps=read.steps, stops=stops)


def _read_listener(given: Given) -> Listener | None:
    """Take an event, which is a step, with what follows it under `do`, and what becomes of the steps."""
    steps = given.steps("do") if given.has("do") else ()
    then = given.one_of("then", str, default="stop", offered=THEN)
    if then != "stop" and not steps:
        given.complain(ABSENT, "do", key="do")
    rest = {key: plain for key, plain in given.plain.items() if key not in ("do", "then")}
    event = given.page.read_step(Given(rest, path=given.path, page=given.page))
    return Listener(event, steps, then) if event else None


def _write_listener(listener: Listener) -> Plain:
    then = {} if listener.then == "stop" else {"then": listener.then}
    steps = [asking.written(step) for step in listener.steps]
    return {**asking.written(listener.event), **then, **filled(do=steps)}
