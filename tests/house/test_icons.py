"""Icons that are named somewhere are drawn: the sprite holds only those that the client lists."""

import re

from tests.house.tree import SOURCE, python_files, shown, templates

SPRITE = SOURCE / "ui/static/ui/icons.svg"
IN_TEMPLATES = re.compile(r"""\{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)\"""")
IN_CODE = re.compile(r"""\bicon="([a-z0-9-]+)"|\bSource\(_\("[^"]*"\), "([a-z0-9-]+)\"""")


def named() -> dict[str, str]:
    """Each icon that is named, with a file that names it."""
    found: dict[str, str] = {}
    for paths, names in ((templates(), IN_TEMPLATES), (python_files(SOURCE), IN_CODE)):
        for path in paths:
            for one in names.findall(path.read_text(encoding="utf-8")):
                found.setdefault("".join(one), shown(path))
    return found


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))
    told = named()
    assert len(told) > 50
    assert {name: path for name, path in told.items() if name not in drawn} == {}
