"""The manual keeps its word: its definitions may be published, every block has its pages, every picture is small."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from potok.kit.doors import opened
from potok.processes.operations import definitions
from potok.processes.palette import palette
from tests.company import Company
from tests.house.tree import ROOT, shown

DOCS = ROOT / "docs"
BLOCKS = ROOT / "src" / "potok" / "blocks"
WRITTEN = [DOCS / "guides", DOCS / "learn", BLOCKS]
DEFINITION = re.compile(r"^```yaml\n(definition: .*?)^```", re.DOTALL | re.MULTILINE)
PICTURE_BYTES, PICTURES_BYTES = 150_000, 4_000_000


def texts() -> Iterator[tuple[str, str]]:
    """The definitions that the manual shows, with the place of each."""
    for folder in WRITTEN:
        for page in sorted(folder.rglob("*.md")):
            for text in DEFINITION.findall(page.read_text(encoding="utf-8")):
                yield shown(page), text


@pytest.mark.django_db
def test_what_the_manual_shows_may_be_published(company: Company) -> None:
    assert len(list(texts())) > 40
    with opened(company.ann.pk, door="screen") as call:
        wrong = {
            f"{place} line {one.line}: {one.sentence}"
            for place, text in texts()
            for one in definitions.check(call, source=text)
        }
    assert wrong == set()


@pytest.mark.parametrize("ending", [".md", ".ru.md"])
def test_every_block_has_a_word_of_its_own_in_the_manual(ending: str) -> None:
    real = [each["name"] for each in palette() if (BLOCKS / each["name"]).is_dir()]
    assert [name for name in real if not (BLOCKS / name / f"manual{ending}").exists()] == []


def test_no_page_tells_of_a_block_that_is_gone() -> None:
    known = {f"{each['name']}{ending}" for each in palette() for ending in (".md", ".ru.md")}
    assert {page.name for page in (DOCS / "reference" / "blocks").iterdir()} - known == set()


def test_every_guide_is_there_in_both_languages() -> None:
    pages = [page for folder in ("guides", "learn") for page in (DOCS / folder).glob("*.md")]
    one = {page.name.removesuffix(".md") for page in pages if not page.name.endswith(".ru.md")}
    assert one == {page.name.removesuffix(".ru.md") for page in pages if page.name.endswith(".ru.md")}


def test_pictures_are_small_and_shown() -> None:
    sizes = {picture: picture.stat().st_size for picture in (DOCS / "pictures").rglob("*.webp")}
    assert [shown(picture) for picture, size in sizes.items() if size > PICTURE_BYTES] == []
    assert sum(sizes.values()) < PICTURES_BYTES
    told = "".join(page.read_text(encoding="utf-8") for page in _pages())
    assert [picture.name for picture in sizes if picture.name not in told] == []


def _pages() -> list[Path]:
    return [*DOCS.rglob("*.md"), ROOT / "README.md"]
