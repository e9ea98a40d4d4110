"""The command line door: signatures in, exit codes out."""

from pathlib import Path
from typing import Annotated

import pytest

from potok.cli import door
from potok.kit.commands import Command
from potok.kit.errors import Refused, Trouble

TAKEN = Refused("test.taken", "{name} is taken. Choose another one.", name="Anna")


def heard(words: list[str]) -> dict[str, object]:
    """What a command with every kind of parameter is given."""
    given: dict[str, object] = {}

    def act(
        file: Annotated[Path, "what to read"],
        *,
        login: str,
        scope: list[str] | None = None,
        count: int = 3,
        admin: Annotated[bool, "may do everything"] = False,
    ) -> None:
        """Do it."""
        given.update(file=file, login=login, scope=scope, count=count, admin=admin)

    assert door.run(["user", "add", *words], commands=[Command("user add", act, light=True)]) == 0
    return given


def test_words_options_switches_and_lists_arrive_as_their_types() -> None:
    words = ["a.yaml", "--login", "anna", "--scope", "crm", "--scope", "task", "--count", "5", "--admin"]
    assert heard(words) == {
        "file": Path("a.yaml"),
        "login": "anna",
        "scope": ["crm", "task"],
        "count": 5,
        "admin": True,
    }


def test_what_is_left_out_has_its_default() -> None:
    assert heard(["a.yaml", "--login", "anna"]) == {
        "file": Path("a.yaml"), "login": "anna", "scope": None, "count": 3, "admin": False,
    }  # fmt: skip


@pytest.mark.parametrize("words", [[], ["user"], ["user", "add"], ["user", "add", "x"], ["user", "ad"], ["--nothing"]])
def test_misspelt_words_end_with_the_code_for_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    def act(file: Path, *, login: str) -> None: ...

    with pytest.raises(SystemExit) as ended:
        door.run(words, commands=[Command("user add", act, light=True)])
    assert ended.value.code == 2
    assert "usage: potok" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("no", "said"),
    [
        (TAKEN, "Anna is taken. Choose another one. (test.taken)\n"),
        (Trouble("test.far", "The far end is silent. Try later."), "The far end is silent. Try later. (test.far)\n"),
    ],
)
def test_a_refusal_is_one_sentence_and_a_code(no: Exception, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    def act() -> None:
        raise no

    assert door.run(["go"], commands=[Command("go", act, light=True)]) == 1
    assert capsys.readouterr().err == said


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    def act() -> None:
        """Go there at once."""

    with pytest.raises(SystemExit) as ended:
        door.run(["go", "--help"], commands=[Command("go", act, light=True)])
    assert ended.value.code == 0
    assert "Go there at once." in capsys.readouterr().out
