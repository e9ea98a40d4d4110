"""Draws graphs for tests from a few pieces, among them what no notation says yet.

A piece is a function that draws itself behind loose ends and answers its own loose ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from potok.engine import graph
from potok.engine.graph import Declaration, Graph, Header, Kind, Sketch
from potok.engine.values import ANY, NUMBER, TEXT, Duration, many

Ends = list[int]
Piece = Callable[["Drawing", Ends], Ends]


@dataclass
class Drawing:
    sketch: Sketch
    names: dict[str, int] = field(default_factory=dict)
    wins: list[int] = field(default_factory=list)  # the way out of each scope around, the innermost last

    def add(self, kind: Kind, *, name: str = "", payload: graph.Payload | None = None, after: Ends = ()) -> int:  # type: ignore[assignment]
        stem = name or str(kind)
        count = self.names[stem] = self.names.get(stem, 0) + 1
        node = self.sketch.add(kind, name=stem if count == 1 else f"{stem}{count}", payload=payload)
        for end in after:
            self.sketch.flow(end, to=node)
        return node

    def end(self, after: Ends) -> None:
        if after:
            self.add(Kind.END, after=after)


def drawn(*pieces: Piece, variables: Sequence[Declaration] = ()) -> Graph:
    declared = (Declaration("n", NUMBER, default=0), Declaration("all", many(ANY)), *variables)
    drawing = Drawing(Sketch(Header("sample", variables=declared, results=("n",))))
    ends = sequence(*pieces)(drawing, [drawing.add(Kind.START)])
    drawing.end(ends)
    found = drawing.sketch.graph()
    assert graph.check(found) == []
    return found


def sequence(*pieces: Piece) -> Piece:
    def draw(drawing: Drawing, after: Ends) -> Ends:
        for piece in pieces:
            after = piece(drawing, after)
        return after

    return draw


def node(kind: Kind, payload: graph.Payload | None = None, *, name: str = "") -> Piece:
    return lambda drawing, after: [drawing.add(kind, name=name, payload=payload, after=after)]


def do(name: str, **given: object) -> Piece:
    """A block; `given` says what it is asked with: formulas as text."""
    params = tuple((key, value if not isinstance(value, str) else graph.Text(value)) for key, value in given.items())
    results = (("said", TEXT), ("number", NUMBER))
    return node(Kind.BLOCK, graph.Work("block", params, results), name=name)  # type: ignore[arg-type]


def assign(**values: str) -> Piece:
    return node(Kind.ASSIGN, graph.Assigned(tuple((name, graph.Formula(text, ANY)) for name, text in values.items())))


def pause(days: int = 1, *, name: str = "") -> Piece:
    return node(Kind.PAUSE, graph.Due(lasts=graph.Fixed(Duration(days=days))), name=name)


def message(name: str) -> Piece:
    return node(Kind.WAIT, graph.Awaited(name), name=name)


def becomes(condition: str, *, name: str = "becomes") -> Piece:
    return node(Kind.WAIT, graph.Awaited(condition=condition, watches=("stage",)), name=name)


def call(name: str) -> Piece:
    return node(Kind.CALL, graph.Calling("other"), name=name)


def throw(code: str, *, what: str = "error", text: str = "") -> Piece:
    return node(Kind.THROW, graph.Thrown(what, code, graph.Text(text)), name=f"throw.{code or what}")


def again() -> Piece:
    return node(Kind.AGAIN)


def stop() -> Piece:
    """Ends the way here."""

    def draw(drawing: Drawing, after: Ends) -> Ends:
        drawing.end(after)
        return []

    return draw


def out(levels: int = 1) -> Piece:
    """Leaves so many scopes at once."""

    def draw(drawing: Drawing, after: Ends) -> Ends:
        if after:
            merge = drawing.add(Kind.MERGE, after=after)
            drawing.sketch.flow(merge, to=drawing.wins[-1])
        assert levels == 1
        return []

    return draw


@dataclass
class Event:
    """What listens while a scope is open, and what happens then; `leaves` for an event that interrupts."""

    event: Piece
    then: Sequence[Piece] = ()
    leaves: bool = False
    after: Sequence[Piece] = ()  # outside, behind the event that left


def catch(what: str, *codes: str, name: str = "catch") -> Piece:
    return node(Kind.CATCH, graph.Caught(what, codes), name=name)


def scope(*body: Piece, events: Sequence[Event] = (), name: str = "scope", **scoped: object) -> Piece:
    def draw(drawing: Drawing, after: Ends) -> Ends:
        payload = graph.Scoped(**scoped)  # type: ignore[arg-type]
        opener = drawing.add(Kind.SCOPE, name=name, payload=payload, after=after)
        exits = [] if payload.stays else [drawing.add(Kind.MERGE, name=f"{name}.exit")]
        wins = [drawing.add(Kind.WIN, name=f"{name}.win") if each.leaves else -1 for each in events]
        drawing.sketch.open(opener)
        drawing.wins.append(next((win for win in wins if win >= 0), -1))
        drawing.end(sequence(*body, stop() if not body else _same)(drawing, [opener]))
        for end in exits:
            drawing.sketch.flow(opener, to=end)
        for each, win in zip(events, wins, strict=True):
            ends = sequence(each.event, *each.then)(drawing, [opener])
            if each.leaves:
                for end in ends:
                    drawing.sketch.flow(end, to=win)
            else:
                drawing.end(ends)
        drawing.wins.pop()
        drawing.sketch.close()
        left = [end for each, win in zip(events, wins, strict=True) if win >= 0 for end in sequence(*each.after)(drawing, [win])]  # fmt: skip  # noqa: E501
        return exits + left

    return draw


def _same(drawing: Drawing, after: Ends) -> Ends:
    return after


def each(items: str, *body: Piece, name: str = "each", **scoped: object) -> Piece:
    return scope(*body, name=name, each=graph.Formula(items, many(ANY)), **scoped)  # type: ignore[arg-type]


def fork(*branches: Sequence[Piece], needs: str = "") -> Piece:
    """Branches at once; with `needs` so many of them are enough."""

    def draw(drawing: Drawing, after: Ends) -> Ends:
        opener = drawing.add(Kind.FORK, after=after)
        drawing.sketch.open(opener)
        found = [sequence(*branch)(drawing, [opener]) for branch in branches]
        single = [ends if len(ends) == 1 else [drawing.add(Kind.MERGE, after=ends)] for ends in found if ends]
        drawing.sketch.close()
        payload = graph.Enough(graph.Formula(needs, NUMBER)) if needs else None
        closer = drawing.add(Kind.WIN if needs else Kind.JOIN, payload=payload)
        for (end,) in single:
            drawing.sketch.flow(end, to=closer)
        return [closer]

    return draw


def choice(*ways: tuple[str | None, Sequence[Piece]]) -> Piece:
    def draw(drawing: Drawing, after: Ends) -> Ends:
        asked = drawing.add(Kind.CHOICE, payload=graph.Ways(tuple(when for when, _ in ways)), after=after)
        ends = [end for _, way in ways for end in sequence(*way)(drawing, [asked])]
        return [drawing.add(Kind.MERGE, after=ends)] if len(ends) > 1 else ends

    return draw


def inclusive(*ways: tuple[str | None, Sequence[Piece]]) -> Piece:
    def draw(drawing: Drawing, after: Ends) -> Ends:
        split = drawing.add(Kind.SPLIT, payload=graph.Ways(tuple(when for when, _ in ways)), after=after)
        ends = [end for _, way in ways for end in sequence(*way)(drawing, [split])]
        return [drawing.add(Kind.GATHER, after=ends)]

    return draw


def loop(condition: str, *body: Piece) -> Piece:
    def draw(drawing: Drawing, after: Ends) -> Ends:
        asked = drawing.add(Kind.LOOP, payload=graph.Ways((condition, None)), after=after)
        for end in sequence(*body)(drawing, [asked]):
            drawing.sketch.flow(end, to=asked)
        return [asked]

    return draw


def save() -> Piece:
    return node(Kind.SAVE)
