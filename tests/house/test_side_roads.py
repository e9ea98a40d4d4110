"""The roads around the import contracts, each closed, each with an example that passes and one that does not."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.house.tree import CLIENT, floors, may_know, owner, parsed, part_of, python_files, shown, templates

# Where a name is turned into code on purpose, with the reason.
DYNAMIC = {
    "src/potok/blocks/apps.py": "loads the folders of its own part",
}
LOADERS = {"get_model", "import_module", "import_string", "__import__", "autodiscover_modules"}
NAMESPACE = re.compile(r"""(?:reverse|redirect|reverse_lazy)\(\s*["']([a-z_]+):|\{%\s*url\s+["']([a-z_]+):""")
TEMPLATE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([a-z_]+)/""")


def ours() -> list[type]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("potok.")]


def labels() -> dict[str, str]:
    """What an app is called in addresses, templates and tables, and its part."""
    return {app.label: part_of(app.name) for app in apps.get_app_configs() if app.name.startswith("potok.")}


def links() -> Iterator[tuple[type, object]]:
    for model in ours():
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if field.concrete and isinstance(other, type) and other.__module__.startswith("potok."):
                yield model, field


def upward(text: str, knower: str, pattern: re.Pattern[str]) -> list[str]:
    """Labels named in a text that its part may not know."""
    named = [next(filter(None, found.groups())) for found in pattern.finditer(text)]
    return [name for name in named if name in labels() and not may_know(knower, labels()[name])]


def loaders(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls} & LOADERS


@pytest.mark.parametrize(
    ("knower", "known", "may"),
    [
        ("crm", "records", True),
        ("records", "records", True),
        ("records", "crm", False),
        ("processes", "crm", False),
        ("kit", "engine", False),
        ("site", "blocks", True),
    ],
)
def test_a_part_knows_itself_and_the_floors_below(knower: str, known: str, may: bool) -> None:
    assert may_know(knower, known) is may


def test_no_foreign_key_points_upward() -> None:
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model, field in links()
        if not may_know(part_of(model.__module__), part_of(field.related_model.__module__))
    ]
    assert not wrong, f"announce an event, or keep the number without a key: {wrong}"


def test_foreign_keys_across_parts_give_nothing_back() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model, field in links()
        if part_of(model.__module__) != part_of(field.related_model.__module__)
        and not (field.remote_field.related_name or "").endswith("+")
    ]
    assert not wrong, f'add related_name="+": the lower part must not see these: {wrong}'


def test_names_become_code_only_in_site_and_kit() -> None:
    assert loaders(ast.parse("apps.get_model('crm.Deal')")) == {"get_model"}
    assert not loaders(ast.parse("deals.move(call)"))
    found = {shown(path) for path in python_files() if owner(path) not in {"site", "kit"} and loaders(parsed(path))}
    assert found == DYNAMIC.keys(), "import the module, or list the file with its reason; and take out what has gone"


def test_addresses_are_not_taken_from_above() -> None:
    assert upward('reverse("people:card")', "ui", NAMESPACE) == ["people"]
    assert upward("{% url 'people:card' 7 %}", "tasks", NAMESPACE) == []
    wrong = [
        f"{shown(path)}: {name}"
        for path in [*python_files(), *templates()]
        for name in upward(path.read_text(encoding="utf-8"), owner(path), NAMESPACE)
    ]
    assert not wrong, f"let the upper part fill a slot instead: {wrong}"


def test_templates_are_not_taken_from_above() -> None:
    assert upward('{% include "people/_card.html" %}', "ui", TEMPLATE) == ["people"]
    assert upward('{% extends "ui/page.html" %}', "people", TEMPLATE) == []
    wrong = [
        f"{shown(path)}: {name}"
        for path in templates()
        for name in upward(path.read_text(encoding="utf-8"), owner(path), TEMPLATE)
    ]
    assert not wrong, f"let the upper part fill a slot instead: {wrong}"


def foreign_tables(text: str, knower: str) -> set[str]:
    """Tables of other parts that a text names."""
    tables = {model._meta.db_table: part_of(model.__module__) for model in ours()}
    words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text))
    return {table for table in words & tables.keys() if tables[table] not in {knower, "kit"}}


def strings(tree: ast.AST) -> str:
    return "\n".join(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_no_statement_names_a_table_of_another_part() -> None:
    assert foreign_tables("SELECT id FROM people_person", "tasks") == {"people_person"}
    assert not foreign_tables("SELECT id FROM people_person", "people")
    wrong = [
        f"{shown(path)}: {table}"
        for path in python_files()
        for table in foreign_tables(strings(parsed(path)), owner(path))
        if owner(path) != "site"
    ]
    assert not wrong, f"ask a query of the part that owns the table: {wrong}"


def test_tables_begin_with_the_name_of_their_part() -> None:
    wrong = [
        model._meta.db_table for model in ours() if not model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert not wrong


def test_events_are_declared_where_their_part_says_so() -> None:
    from potok.kit.events import events

    wrong = [name for name, event in events.all().items() if ".events" not in event.__module__ + "."]
    ours_only = [name for name in wrong if events[name].__module__.startswith("potok.")]
    assert not ours_only, f"an event stands in events.py of the part that announces it: {ours_only}"


def reached(text: str) -> list[str]:
    """Selectors that reach into the markup of a part above the design system."""
    above = "|".join(name for name in floors() if floors()[name] > floors()["ui"])
    return re.findall(rf"""(?:[.#]|\[data-)(?:{above}|deal|task)-[a-z-]+(?=[\s\]"'{{,.:>])""", text)


def test_styles_and_scripts_reach_into_no_part() -> None:
    assert reached('root.querySelector("[data-tasks-row]")') == ["[data-tasks-row"]
    assert not reached('root.querySelector("[data-row]")')
    files = [
        path
        for pattern in ("islands/*.ts", "style/*.css")
        for path in CLIENT.glob(pattern)
        if not path.name.endswith(".test.ts")
    ]
    wrong = [f"{shown(path)}: {name}" for path in files for name in reached(path.read_text(encoding="utf-8"))]
    assert not wrong, f"name what is meant, not whose it is: {wrong}"
