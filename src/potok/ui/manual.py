"""The manual as the product shows it: the pages of `docs/`, in the reader's language, made of their markdown."""

from itertools import pairwise
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Beside the sources, as a clone has it; where only the package is installed there is no manual.
FOLDER = Path(__file__).resolve().parents[3] / "docs"
START = "README.md"
SHOWN = frozenset({"guides", "learn", "pictures", "reference"})
PICTURES = {".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml"}
READER = MarkdownIt("commonmark", {"html": False}).enable("table")


def is_here() -> bool:
    """Tell whether there is a manual at all."""
    return (FOLDER / START).exists()


def found(place: str, *, language: str) -> Path | None:
    """The file of a page or a picture; in the reader's language where the page speaks it."""
    parts = PurePosixPath(place or START).parts
    if ".." in parts or (len(parts) > 1 and parts[0] not in SHOWN) or (len(parts) == 1 and place not in {"", START}):
        return None
    file = FOLDER.joinpath(*parts)
    spoken = file.with_suffix(f".{language}.md") if file.suffix == ".md" else file
    return next((one for one in (spoken, file) if one.is_file() and one.suffix in {".md", *PICTURES}), None)


def read(file: Path) -> tuple[str, str]:
    """The title of a page, and all that stands below it as HTML; what is HTML in the text stays text."""
    tokens = [*READER.parse(_without_comments(file.read_text(encoding="utf-8")))]
    title = tokens[1].content if len(tokens) > 2 and tokens[0].tag == "h1" else file.stem
    rest = tokens[3:] if len(tokens) > 2 and tokens[0].tag == "h1" else tokens
    _name_headings(rest)
    _mark_wide(rest)
    return title, READER.renderer.render(rest, READER.options, {})


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("<!--"))


def _name_headings(tokens: list[Token]) -> None:
    """Give every heading the name by which links in the text know it, as GitHub makes it."""
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            kept = "".join(one for one in inner.content.lower() if one.isalnum() or one in " -_")
            token.attrSet("id", kept.replace(" ", "-"))


def _mark_wide(tokens: list[Token]) -> None:
    """What may be wider than a phone scrolls in its own place, by keys too."""
    for token in tokens:
        if token.type in {"table_open", "fence", "code_block"}:
            token.attrSet("tabindex", "0")
