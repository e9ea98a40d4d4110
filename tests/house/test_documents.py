"""Documents answer for themselves: parts are described, links lead somewhere, examples run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, part_folders, shown

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def documents() -> list[Path]:
    places = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md"), *ROOT.glob("*.md")]
    return sorted(path for path in places if "node_modules" not in path.parts)


def dead_links(text: str, folder: Path) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", text)):
        if not re.match(r"[a-z]+:|#", target) and not (folder / target.partition("#")[0]).exists():
            yield target


@pytest.mark.parametrize("part", part_folders(), ids=lambda part: part.name)
def test_every_part_says_what_it_is(part: Path) -> None:
    readme = part / "README.md"
    assert readme.exists(), f"{shown(part)} needs a README.md: what it is, its nouns, what it offers, what it refuses"
    assert readme.read_text(encoding="utf-8").count("\n") <= 120, "one page"


def test_links_lead_somewhere() -> None:
    assert list(dead_links("[x](nowhere.md) [y](https://example.com)", ROOT)) == ["nowhere.md"]
    wrong = [
        f"{shown(path)}: {target}"
        for path in documents()
        for target in dead_links(path.read_text(encoding="utf-8"), path.parent)
    ]
    assert not wrong


def examples() -> list[tuple[str, str]]:
    return [
        (f"{shown(path)}:{number}", code)
        for path in documents()
        for number, code in enumerate(FENCE.findall(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize(("place", "code"), examples(), ids=[place for place, _ in examples()])
def test_an_example_runs(place: str, code: str) -> None:
    exec(compile(code, place, "exec"), {"__name__": "example"})
