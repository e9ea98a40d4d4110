"""Recomputes the contrast of the token pairs of docs/design/design.md section 2 from the style that ships."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "client/style/tokens.css"
STATES = ("person", "run", "done", "timer", "wait", "incident")
TEXT = [
    ("ink", "surface"), ("ink-2", "surface"), ("ink-2", "hover"), ("ink-2", "selected"), ("ink-3", "surface"),
    ("ink-3", "ground"), ("ink-3", "selected"), ("ink-3", "hover"), ("accent", "surface"), ("on-accent", "accent"),
    ("accent-2", "accent-soft"), ("ink", "incident-soft"), ("ink", "heat-3"), ("ink", "heat-4"), ("ink-2", "heat-2"),
    ("av-ink", "av2"), *((state, f"{state}-soft") for state in STATES),
]  # fmt: skip
EDGES = [("line-field", "surface"), ("focus", "ground"), *((f"{state}-solid", "surface") for state in STATES)]
MEASURED = {("light", "ink", "surface"): 16.84, ("dark", "ink-3", "selected"): 4.69, ("light", "focus", "ground"): 5.88}


def tokens(theme: str) -> dict[str, str]:
    text = TOKENS.read_text()
    block = re.search(rf'\[data-theme="{theme}"\] \{{(.*?)\n\}}', text, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: str, one: str, other: str) -> float:
    known = tokens(theme)
    high, low = sorted((luminance(known[one]), luminance(known[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("one", "other"), TEXT)
def test_text_reads_on_its_ground(theme: str, one: str, other: str) -> None:
    assert contrast(theme, one, other) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("one", "other"), EDGES)
def test_edges_and_glyphs_are_seen(theme: str, one: str, other: str) -> None:
    assert contrast(theme, one, other) >= 3


@pytest.mark.parametrize(("pair", "expected"), MEASURED.items())
def test_the_table_of_the_design_is_true(pair: tuple[str, str, str], expected: float) -> None:
    assert contrast(*pair) == pytest.approx(expected, abs=0.01)
