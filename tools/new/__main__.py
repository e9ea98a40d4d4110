"""`make new-block|new-part|new-operation|new-decision NAME=…`: write the files that the house expects, each with one
failing test or case, so that the next step is to say what it does.

The shapes lie beside this file, one folder for each kind; in them `$name` and its kin are replaced, in paths too.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SAY = "make new-{kind} NAME={example}"


class Wrong(Exception):  # noqa: N818 (said to whoever typed it, and over)
    """The name does not do; the message says why."""


def block(name: str) -> dict[str, str]:
    """A block: `task_add`, the noun first."""
    _check(name, r"[a-z]+(_[a-z]+)+", kind="block", example="lead_assign")
    return {"name": name, "title": name.replace("_", " ").capitalize()}


def part(name: str) -> dict[str, str]:
    """A part: `telephony`, or `crm/leads` inside another."""
    _check(name, r"[a-z]+(/[a-z]+)?", kind="part", example="calendar")
    last = name.rpartition("/")[2]
    return {"name": last, "folder": name, "module": name.replace("/", "."), "class": last.capitalize()}


def operation(name: str) -> dict[str, str]:
    """An operation by its public name: `tasks.task.delegate`; the first word is its part."""
    _check(name, r"[a-z]+(\.[a-z_]+){2}", kind="operation", example="tasks.task.delegate")
    home, noun, verb = name.split(".")
    if not (ROOT / "src" / "potok" / home / "public.py").exists():
        raise Wrong(
            f"There is no part src/potok/{home} with a public.py. Begin the name with the part: {home}.{noun}.{verb}"
        )
    return {"name": name, "part": home, "noun": noun, "verb": verb, "permission": f"{home}.{noun}.edit"}


def decision(name: str) -> dict[str, str]:
    """A decision, numbered by itself: `plain-css-without-a-framework`."""
    _check(name, r"[a-z0-9]+(-[a-z0-9]+)+", kind="decision", example="locks-that-pip-reads")
    taken = [int(file.name[:4]) for file in (ROOT / "docs" / "decisions").glob("[0-9][0-9][0-9][0-9]-*.md")]
    return {"name": name, "number": f"{max(taken, default=0) + 1:04}", "title": name.replace("-", " ").capitalize()}


KINDS: dict[str, Callable[[str], dict[str, str]]] = {
    "block": block, "part": part, "operation": operation, "decision": decision,
}  # fmt: skip
NEXT = {
    "block": "Say what it does in block.py and cases.yaml, put its words into src/potok/blocks/locale, then: "
    "make gen && .venv/bin/python -m pytest tests/blocks",
    "part": "Give it a floor in .importlinter (floors, part-shape, face) and a line in PARTS of site/settings.py.",
    "operation": "Name it in the part's public.py, put its words into the part's locale, then: make gen",
    "decision": "Write the context, the choice and the consequences: one page.",
}


def _check(name: str, pattern: str, *, kind: str, example: str) -> None:
    if not re.fullmatch(pattern, name):
        raise Wrong(f"“{name}” is no name for a {kind}. For example: {SAY.format(kind=kind, example=example)}")


def write(kind: str, name: str, *, root: Path = ROOT) -> list[Path]:
    """Write the files of one new thing; nothing is written over."""
    words = KINDS[kind](name)
    shape = HERE / kind
    wanted = {
        root / Template(str(file.relative_to(shape))).substitute(words).removesuffix(".new"): file
        for file in sorted(shape.rglob("*.new"))
    }
    there = [path for path in wanted if path.exists()]
    if there:
        raise Wrong(f"{there[0].relative_to(root)} is there already.")
    for path, file in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(file.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    return list(wanted)


def main(arguments: list[str]) -> int:
    """Write, and say what comes next."""
    kind, name = [*arguments, "", ""][:2]
    try:
        for path in write(kind, name):
            print(path.relative_to(ROOT))
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(f"Next: {NEXT[kind]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
