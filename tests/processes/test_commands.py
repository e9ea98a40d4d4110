"""Definitions from the command line: everything that is wrong with its place, and exit codes."""

from pathlib import Path

import pytest
from django.utils.translation import override

from potok.processes import commands
from potok.processes.models import Definition
from tests.company import Company

GOOD = "definition: good\ntitle: Good\ndo:\n  - block: status_text\n    with: {text: Hello}\n"
BAD = """definition: bad
title: Bad
record: crm.deal
do:
  - block: record_change
    with: {fields: {nothing: 1}}
  - block: status_text
    with: {text: '{{=1 + "a" * true}}'}
  - block: task_add
    with: {title: Go, responsible: []}
  - if:
      - when: {field: title, operator: equal, value: x}
        do: []
  - block: no_such_block
  - set: {unknown: 1}
"""
PLACES = {
    "a field that is not there": 6,
    "a value of the wrong type": 8,
    "nobody who does it": 10,
    "a branch that leads nowhere": 13,
    "a block that is not there": 14,
    "a variable that is not there": 15,
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "definition.yaml"


def lines_of(text: str) -> set[int]:
    return {int(line.split(":")[1]) for line in text.splitlines() if line.count(":") > 2}


@override("en")
@pytest.mark.parametrize("act", [commands.check, commands.publish])
def test_all_that_is_wrong_is_told_at_once_with_its_place(
    company: Company, written: Path, capsys: pytest.CaptureFixture[str], act: "type[commands.check]"
) -> None:
    written.write_text(BAD)
    assert act(written) == 1
    told = capsys.readouterr().out
    assert {what for what, line in PLACES.items() if line not in lines_of(told)} == set(), told
    assert not Definition.objects.exists()


@override("en")
def test_a_sound_definition_is_published(company: Company, written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written.write_text(GOOD)
    assert commands.check(written) == 0
    assert not Definition.objects.exists()
    assert commands.publish(written) == 0
    assert capsys.readouterr().out.splitlines() == ["No problems found.", "Published: Good, version 1."]
