"""Every sentence that people see stands in the Russian catalogue of its part, and is finished there."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from tests.house.tree import SOURCE, part_folders, shown

SAY = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
CATALOGUES = sorted(SOURCE.rglob("locale/ru/LC_MESSAGES/django.po"))
IN_TEMPLATE = re.compile(
    r"""\b(?:n|p|np)?gettext\(\s*u?(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|'''.*?''')""", re.DOTALL
)
NEVER = re.compile(r"пожалуйста|успешно|!(?:\s|$)", re.IGNORECASE)


def said(tree: ast.AST) -> Iterator[str]:
    """The sentences that a module marks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAY:
            place = 1 if "pgettext" in getattr(node.func, "attr", getattr(node.func, "id", "")) else 0
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                yield str(node.args[place].value)


def drawn(text: str) -> Iterator[str]:
    """The sentences that a template marks."""
    for found in IN_TEMPLATE.finditer(templatize(text)):
        yield ast.literal_eval(found["text"])


def speakers() -> list[Path]:
    """Who speaks to people: the parts, and the engine, which is no app and speaks all the same."""
    return [*part_folders(), SOURCE / "engine"]


def sentences(part: Path) -> set[str]:
    inner = [other for other in part_folders() if other != part and part in other.parents]
    files = [path for path in part.rglob("*") if not any(other in path.parents for other in inner)]
    found: set[str] = set()
    for path in files:
        if path.suffix == ".py" and "migrations" not in path.parts:
            found |= set(said(ast.parse(path.read_text(encoding="utf-8"))))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found |= set(drawn(path.read_text(encoding="utf-8")))
    # What consists of inserted values alone says nothing in any language.
    return {text for text in found if re.search("[a-zA-Z]{2}", re.sub(r"\{\w+\}", "", text))}


def catalogue(part: Path) -> polib.POFile:
    file = part / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(file)) if file.exists() else polib.POFile()


def test_sentences_are_found_in_code_and_templates() -> None:
    assert set(said(ast.parse('refuse(_("It is closed."), pgettext("verb", "Open"))'))) == {"It is closed.", "Open"}
    assert list(drawn('{% load i18n %}{% translate "Save" %}')) == ["Save"]


@pytest.mark.parametrize("part", speakers(), ids=lambda part: part.name)
def test_the_russian_catalogue_of_a_part_is_complete(part: Path) -> None:
    known = catalogue(part)
    missing = sentences(part) - {entry.msgid for entry in known}
    assert not missing, f"{shown(part)}: add to locale/ru: {sorted(missing)}"
    unfinished = [entry.msgid for entry in known if not entry.obsolete and (entry.fuzzy or not entry.translated())]
    assert not unfinished, f"{shown(part)}: finish in locale/ru: {unfinished}"


@pytest.mark.parametrize("part", speakers(), ids=lambda part: part.name)
def test_the_russian_keeps_its_tone(part: Path) -> None:
    wrong = [entry.msgstr for entry in catalogue(part) if NEVER.search(entry.msgstr)]
    assert not wrong, f"no exclamation marks, no «пожалуйста», no «успешно»: {wrong}"


def differing(entries: Iterable[polib.POEntry]) -> list[str]:
    """Sentences that are said in several ways; Django lays all catalogues into one, and the first part wins."""
    told: dict[tuple[str | None, str], set[str]] = {}
    for entry in entries:
        if not entry.obsolete:
            told.setdefault((entry.msgctxt, entry.msgid), set()).add(entry.msgstr or str(entry.msgstr_plural))
    return [f"{sentence}: {sorted(ways)}" for (_, sentence), ways in told.items() if len(ways) > 1]


def test_a_sentence_is_said_in_one_way_only() -> None:
    one, other = polib.POEntry(msgid="Copy", msgstr="Копия"), polib.POEntry(msgid="Copy", msgstr="Скопировать")
    assert differing([one, other]) == ["Copy: ['Копия', 'Скопировать']"]
    wrong = differing(entry for file in CATALOGUES for entry in polib.pofile(str(file)))
    assert not wrong, f"give one of them a context (`pgettext`) or other English words: {wrong}"


def test_the_engine_speaks_russian() -> None:
    from django.utils import translation

    from potok.engine.expr.functions import all_functions

    with translation.override("ru"):
        wrong = [each.about for each in all_functions().values() if translation.gettext(each.about) == each.about]
    assert not wrong, "its catalogue is found through LOCALE_PATHS"
