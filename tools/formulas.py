"""The page of functions that formulas may call: what each takes and gives, and its golden cases as examples."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parent.parent / "tests" / "engine" / "expr"
FAMILIES = {
    "logic": "Choosing and asking",
    "numbers": "Numbers",
    "money": "Money",
    "units": "Units of measure",
    "dates": "Dates",
    "working": "Working time",
    "text": "Texts",
    "patterns": "Regular expressions",
    "lists": "Lists",
    "items": "Items of lists",
    "data": "JSON",
    "words": "Words",
    "people": "People and pages",
    "chance": "Chance",
}
HEAD = """# Functions

Names count in either letter case; arguments are parted by `,` or `;`; what stands in square brackets may be left out.
What formulas mean otherwise stands in [semantics](semantics.md).

A function that goes through a list gives each item a name of your choice, which is known in what follows:
`filter({=Document:contacts}, one, one.position = "Head")`. Inside stand fields of the item and of what it links to.

The examples are the cases by which the functions are tested. It is Saturday, 21 November 2026, half past midnight in
Moscow; the company works from 9:00 to 13:00 and from 14:00 to 18:00. The values in them:
"""


def page() -> str:
    """Write the page."""
    from potok.engine.expr.functions import all_functions

    cases: dict[str, list[tuple[str, Any]]] = yaml.safe_load((TESTS / "golden.yaml").read_text("utf-8"))
    written = [HEAD, *_values(cases)]
    found: dict[str, list[str]] = {family: [] for family in FAMILIES}
    for name, each in sorted(all_functions().items()):
        found[each.perform.__module__.rpartition(".")[2]] += _function(name, each, cases.get(name, []))
    for family, title in FAMILIES.items():
        written += [f"\n## {title}\n", *found[family]]
    return "\n".join(written) + "\n"


def _function(name: str, each: Any, cases: list[tuple[str, Any]]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"`{each.usage}` {each.about}\n"
    yield f"Takes {_takes(each)}. Gives {_gives(each)}.\n"
    if cases:
        yield "| formula | gives |\n|---|---|"
        for text, value in cases:
            yield f"| `{_cell(text)}` | {_shown(value)} |"
        yield ""


def _takes(each: Any) -> str:
    from potok.engine.values import title

    if not each.takes:
        return "nothing"
    roles = {"name": "a name for the item", "each": "what is worked out for each item"}
    kinds = {one.name: roles.get(one.role) or " or ".join(dict.fromkeys(map(title, one.types))) for one in each.takes}
    return "; ".join(f"*{name}*: {kind}" for name, kind in kinds.items())


def _gives(each: Any) -> str:
    from potok.engine.values import Type, title

    return title(each.gives) if isinstance(each.gives, Type) else "what its arguments make of it"


def _shown(plain: Any) -> str:
    from potok.engine.values import decode, is_empty
    from tests.engine.expr.world import context

    value = decode(plain)
    if is_empty(value):
        return "empty"
    return f"`{_cell(context.text(value))}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "⏎")


def _values(cases: dict[str, list[tuple[str, Any]]]) -> Iterator[str]:
    from tests.engine.expr.world import VALUES, context

    used = " ".join(text for each in cases.values() for text, _value in each)
    yield "| value | is |\n|---|---|"
    for name, value in VALUES.items():
        if f"{{={name}}}" in used or f"{{={name}." in used:
            yield f"| `{{={name}}}` | {_cell(context.text(value)) or 'empty'} |"


if __name__ == "__main__":
    sys.stdout.write(page())
