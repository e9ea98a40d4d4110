"""The house as data: its files, its parts and their floors, read from where they are declared."""

import ast
import configparser
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "potok"
TESTS = ROOT / "tests"
CLIENT = ROOT / "client"


@cache
def floors() -> dict[str, int]:
    """Every part with its floor, the highest has the greatest number; the list stands in `.importlinter`."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    lines = config["importlinter:contract:floors"]["layers"].split("\n")
    layers = [[name.strip(" ()") for name in line.split("|")] for line in lines if line.strip()]
    return {name: height for height, layer in enumerate(reversed(layers)) for name in layer}


def part_of(module: str) -> str:
    """`potok.crm.deals.models` → `crm`."""
    return module.split(".")[1]


def may_know(knower: str, known: str) -> bool:
    """Whether code of one part may name things of another: its own, or those of a lower floor."""
    return knower == known or floors()[knower] > floors()[known]


def python_files(*folders: Path) -> Iterator[Path]:
    for folder in folders or (SOURCE,):
        yield from sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    yield from sorted(SOURCE.rglob("templates/**/*.html"))


def owner(path: Path) -> str:
    """The part that a file belongs to."""
    return path.relative_to(SOURCE).parts[0]


def part_folders() -> list[Path]:
    """Every part and sub-part: the folders that Django knows as apps."""
    from django.apps import apps

    return [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("potok.")]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def all_test_text() -> str:
    """Whatever stands in a test; a name is found in a pattern too, where its dots are spelt `\\.`."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("*.py", "*.yaml", "*.json")
        for folder in (TESTS, SOURCE / "blocks")
        for path in folder.rglob(pattern)
        if "house" not in path.parts
    )
    return text.replace("\\.", ".")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
