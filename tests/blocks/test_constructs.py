"""Every case of every construct holds in the engine, and every construct is whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from potok.engine import run
from potok.engine.notation import tree
from potok.engine.notation.tree.constructs import CONSTRUCTS
from potok.engine.problems import Problems
from potok.processes.construct import Construct, constructs
from potok.processes.palette import palette
from tests.engine.run.machine import Machine, compiled

FOLDER = Path(__file__).parents[2] / "src" / "potok" / "blocks"
EVERY = list(constructs.all().values())


def cases(construct: Construct) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / construct.name / "cases.yaml").read_text(encoding="utf-8")))


def every() -> Iterator[Any]:
    for construct in EVERY:
        for name, case in cases(construct).items():
            yield pytest.param(case, id=f"{construct.name} {name}")


@pytest.mark.parametrize("case", list(every()))
def test_a_case_holds(case: dict[str, Any]) -> None:
    machine = lived(case)
    said = ", ".join(f"{entry.what} {machine.name(entry.node)}" for entry in machine.journal)
    assert said == case["journal"]
    assert machine.status.name.lower() == case["is"]
    named = {ask.name: value for ask, value in machine.store.items() if isinstance(ask, run.Named)}
    assert {name: named[name] for name in case.get("variables", {})} == case.get("variables", {})


def lived(case: dict[str, Any]) -> Machine:
    happens = case.get("happens", [])
    waits = frozenset([*case.get("waiting", []), *(each["answers"] for each in happens if "answers" in each)])
    source = yaml.safe_dump(case["tree"], sort_keys=False)
    machine = Machine(compiled(source), record=dict(case.get("record", {})), waits=waits).start()
    for each in happens:
        for kind, said in each.items():
            happen(machine, kind, said)
    return machine


def happen(machine: Machine, kind: str, said: Any) -> None:
    """Tell a machine what a case lets happen."""
    tokens = {machine.name(each.node): each.id for each in run.State.decode(machine.state).tokens}
    match kind:
        case "answers":
            machine.tell(run.Happened(tokens[said]))
        case "passes":
            machine.at += timedelta(**said)
            machine.tell(run.TimerFired(machine.last(run.SetTimer).token))
        case "changes":
            machine.record.update(said)
            machine.tell(run.FieldMoved(machine.last(run.Listen).token))
        case "says":
            assert machine.last(run.Listen).event == said
            machine.tell(run.Happened(machine.last(run.Listen).token))
        case "ends":
            machine.tell(run.ChildEnded(tokens[said]))


def test_every_construct_of_the_text_form_has_its_folder() -> None:
    assert {each.word for each in EVERY} == set(CONSTRUCTS) - {"block"}


@pytest.mark.parametrize("construct", EVERY, ids=lambda each: each.name)
def test_a_construct_is_whole(construct: Construct) -> None:
    assert (FOLDER / construct.name / "icon.svg").read_text().startswith("<svg")
    assert (FOLDER / construct.name / "construct.py").exists()
    title, _, body = construct.help.partition("\n\n")
    assert title.endswith(".")
    assert len(body) > 40
    assert cases(construct)
    assert all(each.title and each.help for each in construct.keys)


@pytest.mark.parametrize("construct", EVERY, ids=lambda each: each.name)
def test_the_form_shows_every_key_and_can_be_read(construct: Construct) -> None:
    read = tree.read(f"definition: form\ntitle: Form\nrecord: crm.deal\ndo:\n{construct.form}")
    assert not isinstance(read, Problems), str(read)
    assert {step.word for step in read.steps} == {construct.word}
    assert [key.name for key in construct.keys if f"{key.name}:" not in construct.form] == []
    assert read.steps[0].waits == construct.waits or construct.name == "race"


def test_the_palette_shows_constructs_beside_blocks() -> None:
    told = {each["name"]: each for each in palette()}
    assert told["pause"]["form"].startswith("- pause:")
    assert [each["name"] for each in told["loop"]["params"]] == ["while", "do"]
