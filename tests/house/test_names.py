"""Names: what a file may be called, and what must stand nowhere."""

import re
from pathlib import Path

from tests.house.tree import ROOT, SOURCE, TESTS, python_files, shown

FORBIDDEN = {
    "base",
    "common",
    "extras",
    "helpers",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "util",
    "utils",
}
TEXT = {".py", ".md", ".html", ".css", ".ts", ".yaml", ".yml", ".toml", ".sh", ".mjs", ".po", ".json", ".sql", ""}
# Spelt apart, so that this file does not find itself.
MACHINE = re.compile(
    "/(?:" + "|".join(["wor" + "k/main", "wor" + "k/shared", "roo" + "t/", "User" + "s/", "tmp/b" + "rief"]) + ")"
)


def tracked() -> list[Path]:
    """Every text of the repository, as far as it lies in the folders that are ours."""
    places = [ROOT / name for name in ("src", "tests", "docs", "client", "tools", "bench", "demo", "changes", ".ci")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")]
    built = {"node_modules", "__pycache__", "potok.egg-info"}
    return [path for path in files if path.suffix in TEXT and not built & set(path.parts)]


def test_files_are_named_by_their_noun() -> None:
    wrong = [shown(path) for path in python_files(SOURCE, TESTS) if path.stem in FORBIDDEN]
    assert not wrong, f"name the file after what it is about: {wrong}"


def test_no_developers_machine_is_named() -> None:
    assert MACHINE.search("see /" + "roo" + "t/notes")
    wrong = [shown(path) for path in tracked() if MACHINE.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert not wrong, f"name paths from the root of the repository: {wrong}"


def test_tests_are_named_by_behaviour() -> None:
    number = re.compile(r"^def (test_\w*?_?\d+|test_it|test_works|test_ok|test_basic)\(", re.MULTILINE)
    assert number.search("def test_1(")
    wrong = [shown(path) for path in python_files(TESTS) if number.search(path.read_text(encoding="utf-8"))]
    assert not wrong, f"complete the sentence “it …”: {wrong}"
