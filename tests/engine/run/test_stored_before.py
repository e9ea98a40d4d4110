"""What was stored before the graph knew scopes is read as it was, and goes on."""

import pytest

from potok.engine import graph, run
from potok.engine.graph import (
    Assigned,
    Awaited,
    Calling,
    Declaration,
    Due,
    Fixed,
    Formula,
    Graph,
    Header,
    Kind,
    Last,
    Sketch,
    Text,
    Ways,
    Work,
)
from potok.engine.values import NUMBER, TEXT, YES_NO, Duration
from tests.engine.run.machine import Machine

DIGEST = "3e200b8096ed9f0120dfb93b9591bb9f"
STATE = (
    b'[1,9,7,0,[[4,2,3,2,["k",true,null,null]],[5,3,3,5,null],[8,5,7,3,{"at":"2026-11-24T09:00:00"}],'
    b"[9,6,7,4,null]],[[3,1,0],[7,4,3]],[]]"
)


def every_old_kind() -> Graph:
    sketch = Sketch(Header("old", variables=(Declaration("n", NUMBER, default=1),), results=("n",)))
    add, flow = sketch.add, sketch.flow
    start = add(Kind.START, name="start")
    fork = add(Kind.FORK, name="fork")
    flow(start, to=fork)
    sketch.open(fork)
    block = add(Kind.BLOCK, name="block", payload=Work("b", (("text", Text("{=Variable:n}")),), (("said", TEXT),)))
    call = add(Kind.CALL, name="call", payload=Calling("other", (("n", Fixed(1)),), results=(("sound", YES_NO),)))
    race = add(Kind.RACE, name="race")
    for branch in (block, call, race):
        flow(fork, to=branch)
    sketch.open(race)
    pause = add(Kind.PAUSE, name="pause", payload=Due(lasts=Fixed(Duration(days=1)), watches=("stage",)))
    wait = add(Kind.WAIT, name="wait", payload=Awaited("paid", (("deal", Formula("={=Variable:n}", NUMBER)),)))
    flow(race, to=pause)
    flow(race, to=wait)
    sketch.close()
    win = add(Kind.WIN, name="win")
    flow(pause, to=win)
    flow(wait, to=win)
    sketch.close()
    join = add(Kind.JOIN, name="join")
    flow(block, to=join)
    flow(call, to=join)
    flow(win, to=join)
    loop = add(Kind.LOOP, name="loop", payload=Ways(("{=Variable:n} < 3", None)))
    assign = add(Kind.ASSIGN, name="assign", payload=Assigned((("n", Formula("={=Variable:n} + 1", NUMBER)),)))
    save = add(Kind.SAVE, name="save")
    flow(join, to=loop)
    flow(loop, to=assign)
    flow(assign, to=save)
    flow(save, to=loop)
    choice = add(Kind.CHOICE, name="choice", payload=Ways(("{=Variable:n} > 9", None)))
    last = add(Kind.TERMINATE, name="terminate", payload=Last(Fixed("Enough")))
    merge = add(Kind.MERGE, name="merge")
    flow(loop, to=choice)
    flow(choice, to=last)
    flow(choice, to=merge)
    flow(merge, to=add(Kind.END, name="end"))
    return sketch.graph()


def test_a_graph_of_the_old_kinds_has_the_digest_it_had() -> None:
    assert graph.check(every_old_kind()) == []
    assert every_old_kind().digest.hex() == DIGEST


def test_a_state_of_the_first_format_goes_on() -> None:
    machine = Machine(every_old_kind(), state=STATE, store={run.Named("Variable", "n"): 1})
    machine.wait(days=2)
    machine.tell(run.Happened(4, {"said": "yes"}))
    machine.tell(run.ChildEnded(5, {"sound": True}))
    machine.tell(run.TimerFired(8))
    assert machine.last(run.Finish) == run.Finish("completed", results={"n": 3})
    assert run.Unlisten(9) in machine.effects


def test_a_state_of_a_format_to_come_is_refused() -> None:
    with pytest.raises(ValueError, match="format 99"):
        run.State.decode(STATE.replace(b"[1,9", b"[99,9", 1))
