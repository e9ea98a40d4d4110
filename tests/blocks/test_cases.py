"""Every case of every block holds, and every block is whole."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from potok.kit.errors import Refused
from potok.kit.operations import operations
from potok.processes import kinds
from potok.processes.block import Block, blocks
from potok.processes.public import Done, Wait
from tests.blocks.notebook import plain, run

FOLDER = Path(__file__).parents[2] / "src" / "potok" / "blocks"
REAL = [each for each in blocks.all().values() if each.perform.__module__.startswith("potok.blocks.")]


def cases(block: Block) -> dict[str, Any]:
    text = (FOLDER / block.name / "cases.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def every() -> Iterator[Any]:
    for block in REAL:
        for name, case in cases(block).items():
            yield pytest.param(block, case, id=f"{block.name} {name}")


@pytest.mark.parametrize(("block", "case"), list(every()))
def test_a_case_holds(block: Block, case: dict[str, Any]) -> None:
    answer, notebook = run(block, case)
    if isinstance(answer, Exception) and not isinstance(answer, Refused):
        raise answer
    told = [{name: {key: given[key] for key in wanted}} for (name, given), wanted in _paired(notebook.done, case)]
    assert told == case.get("does", told)
    assert _said(answer) == {key: case[key] for key in ("done", "waits", "fails") if key in case}


def _paired(done: list[tuple[str, Any]], case: dict[str, Any]) -> Iterator[tuple[tuple[str, Any], Any]]:
    assert [name for name, _ in done] == [name for each in case.get("does", []) for name in each]
    for one, each in zip(done, case.get("does", []), strict=True):
        yield one, next(iter(each.values()))


def _said(answer: Any) -> dict[str, Any]:
    match answer:
        case Done(results=results):
            return {"done": plain(dict(results))}
        case Wait(event=event, where=where, until=until):
            due = {"until": plain(until)} if until else {}
            return {"waits": {"event": event.__name__, "where": plain(dict(where)), **due}}
    return {"fails": answer.code}


@pytest.mark.parametrize("block", REAL, ids=lambda block: block.name)
def test_a_block_is_whole(block: Block) -> None:
    folder = FOLDER / block.name
    assert block.perform.__module__ == f"potok.blocks.{block.name}.block"
    assert (folder / "icon.svg").read_text().startswith("<svg")
    title, _, body = block.help.partition("\n\n")
    assert title.endswith(".")
    assert len(body) > 40
    assert cases(block)
    assert all(each.help and each.title for each in kinds.parameters(block.params).values())


@pytest.mark.parametrize("block", REAL, ids=lambda block: block.name)
def test_every_outcome_of_a_block_occurs_in_its_cases(block: Block) -> None:
    said = {key for case in cases(block).values() for key in case}
    source = inspect.getsource(inspect.getmodule(block.perform))  # type: ignore[arg-type]
    assert ("waits" in said) == ("Wait(" in source or ", Wait)" in source)
    assert "done" in said
    assert "fails" in said


@pytest.mark.parametrize("block", REAL, ids=lambda block: block.name)
def test_a_block_names_the_rights_of_what_it_does(block: Block) -> None:
    if callable(block.needs):
        return
    names = {name for case in cases(block).values() for each in case.get("does", []) for name in each}
    used = {operations[name].needs for name in names if name in operations and operations[name].needs}
    assert used == set(block.needs)
