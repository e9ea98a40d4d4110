"""The demo company as data: read from `company/<language>.yaml`, with its definitions beside it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from potok.kit.words import gettext_noop

STORIES = gettext_noop("Stories of the demo company")
FOLDER = Path(__file__).parent / "company"
LANGUAGES = ("ru", "en")


@cache
def read(language: str) -> dict[str, Any]:
    """The company in one of its languages."""
    company: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return company


@cache
def sales(language: str) -> dict[str, Any]:
    """What the company sells, in one of its languages."""
    sold: dict[str, Any] = yaml.safe_load((FOLDER / f"sales.{language}.yaml").read_text(encoding="utf-8"))
    return sold


def definitions(language: str) -> list[str]:
    """The texts of its process definitions."""
    return [file.read_text(encoding="utf-8") for file in sorted((FOLDER / "processes").glob(f"*.{language}.yaml"))]
