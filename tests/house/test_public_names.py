"""Whatever has a public name keeps the promises that come with it."""

import ast
import inspect
import re

import pytest

from tests.house.tree import CLIENT, SOURCE, all_test_text, parsed, python_files, shown

NAME = re.compile(r"^[a-z]+(\.[a-z_0-9]+)+$")
ARGUMENTS_MAX = 12


def registered(kind: str) -> dict[str, object]:
    from potok.kit import events, operations, permissions, queries

    return {
        "operation": operations.operations, "query": queries.queries, "event": events.events,
        "permission": permissions.permissions,
    }[kind].all()  # fmt: skip


@pytest.mark.parametrize("kind", ["operation", "query", "event", "permission"])
def test_public_names_are_dotted_lower_case_literals(kind: str) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files())
    # Tests declare some for themselves.
    ours = {name for name in registered(kind) if not name.startswith(("test.", "tests."))}
    # What a record type derives is its own literal name and a verb.
    literal = {name for name in ours if f'"{name}"' in source or f'"{name.rpartition(".")[0]}"' in source}
    wrong = [name for name in ours if not NAME.match(name) or name not in literal]
    assert not wrong, f"write the name once, as a literal: {wrong}"


def test_what_an_operation_needs_is_declared() -> None:
    declared = registered("permission")
    wrong = [name for name, each in registered("operation").items() if each.needs and each.needs not in declared]
    assert not [name for name in wrong if not name.startswith("test.")], f"declare the permission: {wrong}"


def test_every_operation_is_called_in_a_test() -> None:
    text = all_test_text()
    wrong = [
        name
        for name, each in registered("operation").items()
        if each.one.__module__.startswith("potok.")
        and name not in text
        and not re.search(rf"\b{each.one.__module__.rpartition('.')[2]}\.{each.one.__name__}\b", text)
    ]
    assert not wrong, f"show by a test what it does and whom it refuses: {wrong}"


def test_every_refusal_occurs_in_a_test() -> None:
    from potok.kit.errors import refusals

    # An example in a document declares one too, when it runs; what counts stands in the source.
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files())
    wrong = [code for code in refusals() if f'"{code}"' in source and code not in all_test_text()]
    assert not wrong, f"show by a test when it is said: {wrong}"


def test_record_types_and_field_kinds_stay_small() -> None:
    classes = [
        node
        for path in python_files(SOURCE / "records")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and (node.name == "RecordType" or "fields" in path.parts)
    ]
    wrong = [node.name for node in classes if _own_fields(node) > ARGUMENTS_MAX]
    assert not wrong, f"at most {ARGUMENTS_MAX} arguments: {wrong}"


def _own_fields(node: ast.ClassDef) -> int:
    return sum(isinstance(line, ast.AnnAssign) and "ClassVar" not in ast.dump(line.annotation) for line in node.body)


def named(text: str, block: str) -> bool:
    return re.search(rf"""["']{block}["']""", text) is not None


def test_no_block_is_named_outside_its_folder() -> None:
    assert named('block("task_add")', "task_add")
    assert not named("tasks.add(task)", "task_add")
    texts = {path: path.read_text(encoding="utf-8") for path in python_files()}
    texts |= {
        path: path.read_text(encoding="utf-8") for path in CLIENT.rglob("*.ts") if "node_modules" not in path.parts
    }
    wrong = [
        f"{shown(path)}: {folder.parent.name}"
        for folder in SOURCE.glob("blocks/*/block.py")
        for path, text in texts.items()
        if "_" in folder.parent.name and named(text, folder.parent.name) and folder.parent not in path.parents
    ]
    assert not wrong, f"ask what should have been derived: {wrong}"


def test_every_command_says_what_it_does_in_russian_too() -> None:
    from django.utils import translation
    from django.utils.module_loading import autodiscover_modules

    from potok.cli import door
    from potok.kit.commands import commands
    from potok.site import commands as own

    assert inspect.getdoc(own)
    autodiscover_modules("commands")
    ours = [each for each in commands.all().values() if each.act.__module__.startswith("potok.")]
    said = {each.title for each in ours} | {door.about(one) for each in ours for one in each.parameters.values()}
    with translation.override("ru"):
        wrong = [sentence for sentence in said if sentence and translation.gettext(sentence) == sentence]
    assert not wrong, f"this belongs into the catalogue of the part: {wrong}"
