"""A page of the manual for each block, in English and Russian, and the list of them by group.

What the block declares is told first; `manual.md` and `manual.ru.md` in its folder add an example, advice, and what can
go wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ROOT / "src" / "potok" / "blocks"
PICTURES = ROOT / "docs" / "pictures" / "manual"
ENDINGS = {"en": ".md", "ru": ".ru.md"}
STAGES = "stages"

Block = Mapping[str, Any]

WORDS = {
    "ru": {
        "Blocks": "Блоки", "All blocks": "Все блоки", "Its form in the designer": "Форма блока",
        "What a process can do, by the groups of the palette.": "Что умеет процесс, по разделам палитры.",
        "In definitions:": "В шаблоне:", "It may wait.": "Может ждать.", "In {0}:": "В {0}:",
        "In a definition": "Как пишется", "Fields": "Поля", "Results": "Результаты", "Inside stages": "Внутри этапов",
        "field": "поле", "value": "значение", "meaning": "что это", "result": "результат", "type": "тип",
        "required": "нужно", "by itself: {0}": "само: {0}", "empty": "пусто",
        "each field of the form": "каждое поле формы", "as asked for": "какой задан", "block": "блок",
        "people": "люди", "form": "форма", "answers": "ответы", "fields": "поля", "values": "значения по именам",
        "choice": "вариант", "condition": "условие", "steps": "шаги", "branches": "ветки", "events": "события",
        "yes_no": "да или нет", "text": "текст", "yes": "да", "no": "нет", "what it does": "что он делает",
        "written as": "как пишется",
    }
}  # fmt: skip


def pages() -> dict[str, Callable[[], str]]:
    """File name, below the reference, and what writes it."""
    from potok.processes.palette import palette

    written: dict[str, Callable[[], str]] = {}
    for language, ending in ENDINGS.items():
        written[f"blocks{ending}"] = partial(_spoken, language, index)
        for each in palette():
            written[f"blocks/{each['name']}{ending}"] = partial(_spoken, language, page, each["name"])
    return written


def _spoken(language: str, write: Callable[..., str], *given: str) -> str:
    from django.utils import translation

    with translation.override(language):
        return write(language, *given)


def index(language: str) -> str:
    """All blocks by the group in which the palette shows them."""
    say = WORDS.get(language, {})
    told = [f"# {_say(say, 'Blocks')}", _say(say, "What a process can do, by the groups of the palette.")]
    for title, members in _grouped(say):
        listed = [
            (f"[{each['title']}](blocks/{each['name']}{ENDINGS[language]})", f"`{each.get('word', each['name'])}`",
             _translated(each["summary"]))
            for each in members
        ]  # fmt: skip
        told += [f"## {title}", _rows([_say(say, name) for name in ("block", "written as", "what it does")], listed)]
    return "\n\n".join(told) + "\n"


def _grouped(say: Mapping[str, str]) -> list[tuple[str, list[Block]]]:
    from django.utils.translation import gettext

    from potok.processes.palette import palette
    from potok.processes.web.designing_palette import GROUPS

    titles = {**{name: gettext(title) for name, title in GROUPS.items()}, STAGES: _say(say, "Inside stages")}
    found = {name: [each for each in palette() if each["group"] == name] for name in titles}
    return [(titles[name], sorted(each, key=lambda one: one["title"])) for name, each in found.items() if each]


def page(language: str, name: str) -> str:
    """One block."""
    from potok.processes.palette import palette

    say = WORDS.get(language, {})
    each = next(one for one in palette() if one["name"] == name)
    told = [
        f"# {each['title']}", _translated(each["summary"]), _paragraph(_translated(each["help"])), _facts(say, each),
        _advice(name, language), _form(say, each), _asked(say, each, language), _given(say, each),
        f"[{_say(say, 'All blocks')}](../blocks{ENDINGS[language]})",
    ]  # fmt: skip
    return "\n\n".join(filter(None, told)) + "\n"


def _facts(say: Mapping[str, str], each: Block) -> str:
    facts = [f"{_say(say, 'In definitions:')} `{each.get('word', each['name'])}`."]
    facts += [_say(say, "It may wait.")] if each["waits"] else []
    facts += [f"{_say(say, 'In {0}:').format(system.capitalize())} `{known}`."
              for system, known in each["known_as"].items()]  # fmt: skip
    return " ".join(facts)


def _picture(say: Mapping[str, str], each: Block, language: str) -> str:
    file = f"form-{each['name']}-{language}.webp"
    return (
        f"![{_say(say, 'Its form in the designer')}](../../pictures/manual/{file})"
        if (PICTURES / file).exists()
        else ""
    )


def _advice(name: str, language: str) -> str:
    file = FOLDERS / name / f"manual{ENDINGS[language]}"
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def _form(say: Mapping[str, str], each: Block) -> str:
    return f"## {_say(say, 'In a definition')}\n\n```yaml\n{each['form']}\n```" if "form" in each else ""


def _asked(say: Mapping[str, str], each: Block, language: str) -> str:
    listed = [
        (f"**{one['title']}** `{one['name']}`", _kind(say, one) + _default(say, one),
         (_translated(one["help"]) + _choices(one["choices"])).strip())
        for one in each["params"]
    ]  # fmt: skip
    heads = [_say(say, name) for name in ("field", "value", "meaning")]
    told = [f"## {_say(say, 'Fields')}", _picture(say, each, language), _rows(heads, listed)]
    return "\n\n".join(filter(None, told)) if listed else ""


def _kind(say: Mapping[str, str], one: Mapping[str, Any]) -> str:
    if one["kind"] == "value":
        return _type(one["type"]) if "type" in one else _say(say, "value")
    return _say(say, one["kind"]).replace("_", " ")


def _default(say: Mapping[str, str], one: Mapping[str, Any]) -> str:
    if one["required"]:
        return f", **{_say(say, 'required')}**"
    default = one["default"]
    if default in (None, "", []) or default is False:
        return ""
    shown = _say(say, "yes") if default is True else f"`{default}`"
    return f", {_say(say, 'by itself: {0}').format(shown)}"


def _given(say: Mapping[str, str], each: Block) -> str:
    from potok.processes.block import blocks

    if each["name"] not in blocks or not (face := blocks[each["name"]].face()).results:
        return ""
    listed = [(f"`{name}`", _type({"kind": type.kind, "multiple": type.multiple}))
              for name, type in face.results_of({}).items()]  # fmt: skip
    if any(one["kind"] == "form" for one in each["params"]):
        listed.append((_say(say, "each field of the form"), _say(say, "as asked for")))
    return f"## {_say(say, 'Results')}\n\n{_rows([_say(say, 'result'), _say(say, 'type')], listed)}"


def _type(type: Mapping[str, Any]) -> str:
    from django.utils.translation import gettext

    from potok.engine.values import Type, title

    return gettext(title(Type(type["kind"], multiple=type["multiple"])))


def _choices(choices: Iterable[tuple[str, str]]) -> str:
    told = ", ".join(f"`{key}` {title}" for key, title in choices)
    return f" ({told})" if told else ""


def _translated(text: str) -> str:
    from django.utils.translation import gettext

    return gettext(text) if text else ""


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _say(say: Mapping[str, str], text: str) -> str:
    return say.get(text, text)


def _rows(heads: Iterable[str], listed: Iterable[tuple[str, ...]]) -> str:
    cells = [tuple(heads), *listed]
    lines = [f"| {' | '.join(' '.join(cell.split()).replace('|', '¦') for cell in row)} |" for row in cells]
    return "\n".join([lines[0], f"|{'---|' * len(cells[0])}", *lines[1:]])
