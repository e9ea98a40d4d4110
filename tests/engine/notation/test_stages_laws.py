"""What holds for all definitions in stages, and for every order in which things happen in them."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from potok.engine import graph, notation, run
from potok.engine.graph import Kind
from potok.engine.notation.stages import Activity, Duty, Happening, Result, Stage, Stages
from potok.engine.notation.stages.command import Command
from potok.engine.notation.stages.go import Go
from potok.engine.notation.tree.constructs import Assign, Branch, Choice
from tests.engine.notation import trees
from tests.engine.notation.stage_machine import StageMachine, compiled
from tests.engine.notation.trees import HEADER, PLAIN, WORDS

QUICK = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
NAMES = ["a", "b", "c", "d"]
ENDS = ["y", "z"]
WAITING = ("approve", "work", "button")


@st.composite
def some_stages(draw: st.DrawFn) -> Stages:
    """A few stages, each of which leads on to the next and perhaps elsewhere; the ends are named by their letters."""
    names = NAMES[: draw(st.integers(1, 4))]
    anywhere = st.sampled_from([*names, *ENDS])
    found = []
    for index, name in enumerate(names):
        found.append(draw(_stage(name, following=names[index + 1] if index + 1 < len(names) else "z", to=anywhere)))
    found += [Stage(id=name, end=True, enter=draw(_few(trees.say))) for name in ENDS]
    reached = {each.to for stage in found for each in stage.results} | {stage.then for stage in found}
    reached |= {step.to for stage in found for step in stage.steps() if isinstance(step, Go)}
    return Stages(HEADER, tuple(one for one in found if one.id in reached or one.begin))


def _few(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


@st.composite
def _stage(draw: st.DrawFn, name: str, *, following: str, to: st.SearchStrategy[str]) -> Stage:
    works = draw(st.booleans())
    go = st.builds(Go, to=to)
    results = [
        Result(name="on", to=following),
        Result(name="else", title=f"{name} else", to=draw(to), comment="required"),
    ]
    # Where the steps of entering always go on, what follows them would never be done.
    maybe = st.builds(lambda each: Choice(branches=(Branch("{=Variable:n} > 2", (each,)),)), go)
    entering = draw(st.lists(st.one_of(trees.steps, maybe), max_size=2))
    return Stage(
        id=name,
        text=draw(PLAIN),
        note=draw(WORDS),
        begin=name == "a",
        responsible=draw(st.sampled_from([None, "user_7", ["user_7", "group_d5"]])),
        enter=(*entering, Assign(values={"n": "={=Variable:n} + 1"})),
        activity=draw(st.sampled_from([None, Activity(kind="call", comment="x")])),
        task=draw(st.sampled_from([None, Duty(params={"title": "x"}), Duty(params={"title": "x"}, after="1 hour")])),
        pause=draw(st.one_of(st.none(), trees.pause)) if not works else None,
        results=tuple(results) if works else (),
        then="" if works else following,
        happenings=tuple(draw(st.lists(_happening(go), max_size=2))),
        leave=draw(_few(trees.say)),
    )


def _happening(go: st.SearchStrategy[Go]) -> st.SearchStrategy[Happening]:
    command = st.builds(Command, words=PLAIN.filter(bool), to=st.just("user_7"))
    steps = st.one_of(go.map(lambda each: (each,)), st.tuples(trees.say), st.tuples(trees.say, go))
    return st.builds(Happening, event=st.one_of(command, trees.pause, trees.message), steps=steps, repeat=st.booleans())


@QUICK
@given(some_stages())
def test_reading_what_was_written_gives_the_same_stages(sample: Stages) -> None:
    again = notation.read(notation.write(_plain(sample)))
    assert isinstance(again, Stages), str(again)
    assert again == _plain(sample)
    assert again.problems == ()


def _plain(sample: Stages) -> Stages:
    """As reading makes it: a pause has no name of its own."""
    text = notation.write(sample)
    read = notation.read(text)
    assert isinstance(read, Stages), str(read)
    assert notation.write(read) == text
    return read


def machine_of(sample: Stages) -> StageMachine:
    made = compiled(notation.write(sample))
    assert graph.check(made) == []
    asks = {name for name, work in zip(made.names, made.payloads, strict=True) if _waits(work)}
    return StageMachine(made, record={"stage": "NEW"}, waits=frozenset(asks))


def _waits(payload: graph.Payload | None) -> bool:
    return isinstance(payload, graph.Work) and payload.block in WAITING


HAPPENS = {
    run.Stand.LISTENING: run.Happened,
    run.Stand.SLEEPING: run.TimerFired,
    run.Stand.CALLING: run.ChildEnded,
}


def play(machine: StageMachine, sample: Stages, data: st.DataObject) -> None:
    """Let anything happen in any order, until the process is over or has gone on for long."""
    machine.start()
    results = {stage.id: stage.results for stage in sample.stages}
    for _ in range(40):
        tokens = run.State.decode(machine.state).tokens
        if not tokens:
            return
        check(machine)
        token = data.draw(st.sampled_from(tokens))
        if token.stand is run.Stand.FAILED:
            assert machine.last(run.Fail).code == "run.endless"  # A circle of stages in which nothing waited.
            return
        event: run.Event
        if token.stand is run.Stand.WAITING:
            stage, _, kind = machine.name(token.node).partition(".")
            given = data.draw(st.sampled_from(results[stage])) if kind == "work" else None
            event = run.Happened(token.id, {"stage_result": given.name, "next_stage": given.to} if given else {})
        else:
            event = HAPPENS[token.stand](token.id)
        machine.record["stage"] = "WON"
        machine.wait(days=3).tell(event)


def check(machine: StageMachine) -> None:
    """A run is on one stage: one scope of a stage is open at most, and every token is within it."""
    state = run.State.decode(machine.state)
    open_ = [scope for scope in state.scopes if machine.graph.kinds[scope.opener] is Kind.SCOPE and not scope.parent]
    assert len(open_) <= 1
    if open_:
        assert all(token.scope != 0 for token in state.tokens)


# RJ-5
@QUICK
@given(some_stages(), st.data())
def test_a_run_is_on_one_stage_at_a_time_and_leaves_nothing_behind(sample: Stages, data: st.DataObject) -> None:
    machine = machine_of(sample)
    play(machine, sample, data)
    state = run.State.decode(machine.state)
    entered = [machine.name(one.node) for one in machine.journal if one.what == "asked"]
    stages = [name for name in entered if name in {*NAMES, *ENDS}]
    left = [one for one in machine.journal if one.what == "performed" and _is_leaving(machine, one.node)]
    assert len(stages) - 1 <= len(left) <= len(stages)
    if not state.tokens:
        assert state.status is run.Status.COMPLETED
        assert (state.scopes, state.arrivals) == ((), ())
        assert stages[-1] in ENDS


def _is_leaving(machine: StageMachine, node: int) -> bool:
    payload = machine.graph.payloads[node]
    return isinstance(payload, graph.Work) and payload.block == "leave"
