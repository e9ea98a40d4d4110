"""What `make new-…` writes is what the house expects."""

import ast
from pathlib import Path

import pytest

from tools.new.__main__ import KINDS, Wrong, write

NAMES = {"block": "lead_assign", "part": "crm/leads", "operation": "tasks.task.praise", "decision": "one-more-choice"}


@pytest.mark.parametrize("kind", KINDS)
def test_new_things_are_whole_and_nothing_is_written_over(kind: str, tmp_path: Path) -> None:
    written = write(kind, NAMES[kind], root=tmp_path)
    assert written
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert "$" not in text + str(path)
        if path.suffix == ".py":
            ast.parse(text)
    with pytest.raises(Wrong, match="is there already"):
        write(kind, NAMES[kind], root=tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_does_not_do_is_refused_with_an_example(kind: str, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=f"make new-{kind}"):
        write(kind, "Wrong Name", root=tmp_path)
    assert not list(tmp_path.iterdir())
