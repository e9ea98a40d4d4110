"""No template of any part has what the content security policy would block or what would need `eval`."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/potok"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
# Letters are drawn for mail programs, which know no style sheets.
LETTERS = re.compile(r"/mail/|/letters?/|_letter\.html$")
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx handler": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "htmx expression": re.compile(r"\shx-(vals|headers|confirm)\s*=\s*[\"'](js|javascript):", re.IGNORECASE),
    "htmx trigger filter": re.compile(r"\shx-trigger\s*=\s*[\"'][^\"']*\[", re.IGNORECASE),
    # django-cotton prints the values of `:name` attributes unescaped; the filter `spread` escapes them.
    "unescaped attributes": re.compile(r"\{\{\s*attrs\s*\}\}"),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "script address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_keeps_style_and_script_in_files(path: Path) -> None:
    if LETTERS.search(str(path)):
        return
    text = path.read_text()
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color:red">', "inline style"),
        ("<script>alert()</script>", "inline script"),
        ('<a onclick="go()">', "inline handler"),
        ('<p hx-trigger="click[ctrlKey]">', "htmx trigger filter"),
    ],
)
def test_the_patterns_find_what_they_are_for(text: str, name: str) -> None:
    assert FORBIDDEN[name].search(text)
    assert not FORBIDDEN["inline script"].search('<script src="/x.js"></script>')
