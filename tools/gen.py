"""Write the files that are derived from the code; with `--check` only say which ones are stale.

`docs/reference/` lists whatever has a public name: operations, queries, events, permissions, refusals, commands.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
HEAD = "<!-- Written by `make gen`; edit the code it is derived from. -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """File name and what writes it."""
    return {
        "commands.md": commands, "errors.md": errors, "events.md": events,
        "operations.md": operations, "permissions.md": permissions, "queries.md": queries,
    }  # fmt: skip


def commands() -> str:
    """The command line."""
    from potok.kit.commands import commands

    return table(
        "Commands", ("command", "what it does"), ((f"`potok {n}`", c.title) for n, c in commands.all().items())
    )


def errors() -> str:
    """Refusals by code."""
    from potok.kit.errors import refusals

    rows = ((f"`{code}`", refusal.family.__name__, refusal.sentence) for code, refusal in refusals().items())
    return table("Refusals", ("code", "family", "what it says"), rows)


def events() -> str:
    """What is announced."""
    from potok.kit.events import events

    return table("Events", ("event", "meaning"), ((f"`{n}`", first(e)) for n, e in events.all().items()))


def operations() -> str:
    """Every write."""
    from potok.kit.operations import operations

    rows = ((f"`{name}`", f"`{each.needs}`", first(each)) for name, each in operations.all().items())
    return table("Operations", ("operation", "needs", "what it does"), rows)


def permissions() -> str:
    """What a role may be given."""
    from potok.kit.permissions import permissions

    return table(
        "Permissions", ("permission", "meaning"), ((f"`{n}`", str(p.title)) for n, p in permissions.all().items())
    )


def queries() -> str:
    """Every question others may ask."""
    from potok.kit.queries import queries

    return table("Queries", ("query", "what it answers"), ((f"`{n}`", first(q)) for n, q in queries.all().items()))


def first(thing: object) -> str:
    """The first line of what it says about itself."""
    return str(getattr(thing, "title", "") or getattr(thing, "__doc__", "") or "").strip().partition("\n")[0]


def table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """One page: a title and a table, in the order of the names."""
    lines = [f"| {' | '.join(cell.partition(chr(10))[0].replace('|', '¦') for cell in row)} |" for row in sorted(rows)]
    rule = f"|{'---|' * len(heads)}"
    return "\n".join([f"# {title}", "", f"| {' | '.join(heads)} |", rule, *lines, ""])


def main(arguments: list[str]) -> int:
    """Write, or compare."""
    import potok.site.settings  # noqa: F401 (names itself as the settings)

    django.setup()
    from django.utils import translation
    from django.utils.module_loading import autodiscover_modules

    translation.deactivate_all()
    autodiscover_modules("commands")
    stale = []
    for name, write in pages().items():
        file, text = REFERENCE / name, HEAD + write()
        if not file.exists() or file.read_text() != text:
            stale.append(name)
            if "--check" not in arguments:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
    if "--check" in arguments and stale:
        print(f"docs/reference is stale ({', '.join(stale)}): run make gen")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
