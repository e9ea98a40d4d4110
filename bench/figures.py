"""What is measured: a scenario of ours beside the same scenario of the peers, with what is durable when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SPIFF, DBOS, ABSURD = "SpiffWorkflow 3.2", "DBOS 3.4", "Absurd 0.5"
CHAIN, NODE, NODE_PEER = "Procrastinate 3", "bpmn-engine 25", "bench/peers/node/peer.mjs"
LOAD, LONELY = "load", "lonely"


@dataclass(frozen=True)
class Peer:
    """A peer's part in a figure."""

    name: str
    module: str
    manner: str
    note: str

    @property
    def is_here(self) -> bool:
        """A peer written for Node takes part where its packages are installed."""
        return not self.module.endswith(".mjs") or (Path(self.module).parent / "node_modules").exists()


@dataclass(frozen=True)
class Figure:
    """One line of the table. `steps` turns instances into steps; a lonely figure is a latency in milliseconds."""

    name: str
    scenario: str
    note: str
    peers: Sequence[Peer]
    each: bool = False
    lonely: bool = False
    processes: int = 1
    steps: int = 1

    @property
    def unit(self) -> str:
        if self.lonely:
            return "ms an instance"
        return "steps/s" if self.steps > 1 else "instances/s"

    @property
    def arguments(self) -> list[str]:
        """How our contestant is told of it."""
        return [self.scenario, "each" if self.each else "wait", LONELY if self.lonely else LOAD]

    def value(self, rate: float) -> float:
        """The figure from a rate in instances a second."""
        return 1000 / rate if self.lonely else rate * self.steps

    def ratio(self, value: float, peer: float) -> float:
        """How many times better we are."""
        return peer / value if self.lonely else value / peer


SPIFF_EACH = Peer(SPIFF, "bench.peers.spiff", "each", "its whole state saved and committed after each task")
SPIFF_ONCE = Peer(
    SPIFF, "bench.peers.spiff", "wait", "its whole state saved and committed once, where it waits or ends"
)
DBOS_LOAD = Peer(DBOS, "bench.peers.durable", LOAD, "a checkpoint committed for each step, eight threads")
DBOS_LONELY = Peer(DBOS, "bench.peers.durable", LONELY, "a checkpoint committed for each step, one thread")

EACH = "every step is a save point: the transaction commits before the next step"
WAIT = "run-to-wait: one transaction from wait to wait"
TEN = "ten automatic steps that each set a variable"
OFFICE = "a deal's stage, a task with its inbox row and notice, a notice; with history and events, in one transaction"
PAIR = "two processes on each side"
BARE = "the same row changed and committed, by no engine at all"
BARE_EACH = Peer("ten bare commits", "bench.peers.bare", "each", BARE)
BARE_ONCE = Peer("one bare commit", "bench.peers.bare", "wait", BARE)
ABSURD_LOAD = Peer(ABSURD, "bench.peers.checkpoints", LOAD, "a checkpoint committed for each step, four threads")
ABSURD_LONELY = Peer(ABSURD, "bench.peers.checkpoints", LONELY, "a checkpoint committed for each step, one thread")
CHAIN_LOAD = Peer(CHAIN, "bench.peers.chain", LOAD, "each job defers the next and is committed, twenty at a time")
CHAIN_LONELY = Peer(CHAIN, "bench.peers.chain", LONELY, "each job defers the next and is committed, one at a time")
NODE_EACH = Peer(NODE, NODE_PEER, "each", "its whole state saved and committed after each activity")
NODE_ONCE = Peer(NODE, NODE_PEER, "wait", "its whole state saved and committed once, where it waits or ends")
ALL = (SPIFF_EACH, DBOS_LOAD, ABSURD_LOAD, CHAIN_LOAD, NODE_EACH)
DESKS = (SPIFF_EACH, DBOS_LOAD, ABSURD_LOAD)

FIGURES: Mapping[str, Figure] = {
    figure.name: figure
    for figure in [
        Figure("ten steps, each durable", "ten_steps", f"{TEN}; {EACH}", ALL, each=True, steps=10),
        Figure("record, task, notice", "record_task_notice", f"{OFFICE}; {WAIT}", DESKS),
        Figure("ten steps, run to wait", "ten_steps", f"{TEN}; {WAIT}", (SPIFF_ONCE, NODE_ONCE), steps=10),
        Figure("start, wait, complete", "start_wait_complete", f"a message each in its own transaction; {WAIT}",
               (SPIFF_ONCE, DBOS_LOAD, ABSURD_LOAD, NODE_ONCE)),
        Figure("ten steps with 10 kB of variables", "ten_steps_heavy", f"{TEN}; {EACH}",
               (Peer("without them", "bench.ours", LOAD, "the same without the 10 kB"),), each=True, steps=10),
        Figure("ten steps, each durable, two workers", "ten_steps", f"{TEN}; {EACH}; {PAIR}", (SPIFF_EACH, DBOS_LOAD),
               each=True, processes=2, steps=10),
        Figure("record, task, notice, two workers", "record_task_notice", f"{OFFICE}; {WAIT}; {PAIR}",
               (SPIFF_EACH, DBOS_LOAD), processes=2),
        Figure("ten steps, each durable, lonely", "ten_steps", f"{TEN}; {EACH}",
               (BARE_EACH, SPIFF_EACH, DBOS_LONELY, ABSURD_LONELY, CHAIN_LONELY, NODE_EACH), each=True, lonely=True),
        Figure("ten steps, run to wait, lonely", "ten_steps", f"{TEN}; {WAIT}", (BARE_ONCE, SPIFF_ONCE, NODE_ONCE),
               lonely=True),
        Figure("start, wait, complete, lonely", "start_wait_complete", WAIT, (SPIFF_ONCE, DBOS_LONELY), lonely=True),
        Figure("record, task, notice, lonely", "record_task_notice", f"{OFFICE}; {WAIT}", (SPIFF_EACH, DBOS_LONELY),
               lonely=True),
    ]
}  # fmt: skip
