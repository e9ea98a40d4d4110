"""SpiffWorkflow 3.2 in its documented idiom: a BPMN model, `BpmnWorkflowSerializer`, the whole state saved as JSON.

"Each": the workflow is serialised and committed after every task. "Wait": it is committed once, when nothing more can
be done without the outside. Run as `python -m bench.peers.spiff SCENARIO DSN each|wait NUMBER`, see `bench/timing.py`.
"""

import itertools
import sys
import tempfile
from pathlib import Path

import psycopg
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench import timing
from bench.peers.office import Office

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://bpmn.example">
<bpmn:process id="p" isExecutable="true">"""
TAIL = "</bpmn:process></bpmn:definitions>"
TABLE = "CREATE TABLE IF NOT EXISTS spiff_instance (id bigint PRIMARY KEY, state text NOT NULL)"
SAVE = "INSERT INTO spiff_instance VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET state = excluded.state"


def model(nodes: list[str]) -> str:
    """A model of nodes in a row; each is a whole BPMN element with `{id}` in it."""
    names = ["s", *(f"n{place}" for place in range(len(nodes))), "e"]
    elements = ['<bpmn:startEvent id="s"/>', *(n.format(id=i) for n, i in zip(nodes, names[1:], strict=False))]
    flows = [
        f'<bpmn:sequenceFlow id="f{place}" sourceRef="{a}" targetRef="{b}"/>'
        for place, (a, b) in enumerate(itertools.pairwise(names))
    ]
    return HEAD + "".join(elements) + '<bpmn:endEvent id="e"/>' + "".join(flows) + TAIL


SCRIPT = '<bpmn:scriptTask id="{id}"><bpmn:script>x = 1</bpmn:script></bpmn:scriptTask>'
CALL = '<bpmn:scriptTask id="{{id}}"><bpmn:script>{}</bpmn:script></bpmn:scriptTask>'
OFFICE = ["change_deal(id, 'won')", "add_task('Call')", "send_notice('Won')"]
MANUAL = '<bpmn:manualTask id="{id}"/>'
SCENARIOS = {
    "ten_steps": [SCRIPT] * 10,
    "start_wait_complete": [SCRIPT, MANUAL, SCRIPT],
    "record_task_notice": [CALL.format(script) for script in OFFICE],
}


class Peer:
    """A parsed model, a serializer, a connection that commits each save."""

    def __init__(self, scenario: str, dsn: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.bpmn"
            file.write_text(model(SCENARIOS[scenario]))
            parser = BpmnParser()
            parser.add_bpmn_file(str(file))
            self.spec = parser.get_spec("p")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.db = psycopg.connect(dsn, autocommit=True)
        self.db.execute(TABLE)
        self.office = office = Office(dsn)
        calls = {"change_deal": office.change_deal, "add_task": office.add_task, "send_notice": office.send_notice}
        self.engine = PythonScriptEngine(TaskDataEnvironment(calls))

    def new(self, id: int) -> BpmnWorkflow:
        workflow = BpmnWorkflow(self.spec, script_engine=self.engine)
        workflow.get_next_task().data["id"] = id
        return workflow

    def save(self, id: int, workflow: BpmnWorkflow) -> None:
        self.db.execute(SAVE, (id, self.serializer.serialize_json(workflow)))

    def load(self, id: int) -> BpmnWorkflow:
        row = self.db.execute("SELECT state FROM spiff_instance WHERE id = %s", (id,)).fetchone()
        assert row is not None
        workflow = self.serializer.deserialize_json(row[0])
        workflow.script_engine = self.engine
        return workflow

    def steps(self, id: int, workflow: BpmnWorkflow, *, each: bool) -> None:
        """Run all that needs nobody, saving after each task or once."""
        while tasks := workflow.get_tasks(state=TaskState.READY, manual=False):
            for task in tasks:
                task.run()
                if each:
                    self.save(id, workflow)
        if not each:
            self.save(id, workflow)

    def ten_steps(self, id: int, *, each: bool) -> None:
        self.steps(id, self.new(id), each=each)

    def record_task_notice(self, id: int, *, each: bool) -> None:
        self.steps(id, self.new(id), each=each)

    def start_wait_complete(self, id: int, *, each: bool) -> None:
        self.steps(id, self.new(id), each=each)
        workflow = self.load(id)
        workflow.get_tasks(state=TaskState.READY, manual=True)[0].run()
        self.steps(id, workflow, each=each)


def main() -> None:
    """Race with one scenario; durable each step unless `wait` is asked for."""
    scenario, dsn, mode, number = sys.argv[1:]
    peer = Peer(scenario, dsn)
    run, ids = getattr(peer, scenario), itertools.count(int(number) * 1_000_000)

    def prepare(count: int) -> timing.Run:
        taken = list(itertools.islice(ids, count))
        peer.office.open_deals(taken)

        def go() -> None:
            for id in taken:
                run(id, each=mode == "each")

        return go

    timing.race(prepare)


if __name__ == "__main__":
    main()
