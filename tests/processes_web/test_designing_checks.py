"""What the checks find while somebody draws: each told with the place that the designer can lead to."""

from typing import Any

import pytest

from potok.processes.operations import definitions
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser
from tests.processes_web.test_designing import GREET, keep

PAUSE = {"pause": {"for": "1 day"}}
ASK: dict[str, Any] = {"block": "approve", "with": {"title": "Sign", "to": "user_0"}}
CHANGE = {"block": "record_change", "with": {"fields": {"gone": "x"}}}
VARIABLES = {"n": {"type": "number"}}
SETS = {"set": {"w": "={=Variable:n} + 1"}}

FOUND: list[tuple[str, str, dict[str, Any]]] = [
    ("tree.unknown_person", "do.0.with.to", {"do": [ASK]}),
    ("tree.unknown_field", "do.0.with.fields.gone", {"record": "crm.deal", "do": [CHANGE]}),
    ("tree.never_set", "variables.n", {"variables": {**VARIABLES, "w": {"type": "number"}}, "do": [SETS]}),
    ("tree.never_taken", "do.0.if.0", {"do": [{"if": [{"when": "false", "do": [PAUSE]}]}]}),
    ("tree.unreachable", "do.1", {"do": [{"terminate": "Over"}, PAUSE]}),
    ("tree.restless_loop", "do.0", {"variables": VARIABLES, "do": [{"while": "{=Variable:n} < 3", "do": [
        {"set": {"n": "={=Variable:n} + 1"}}]}]}),
    ("tree.unknown_block", "do.0.block", {"do": [{"block": "feed_post", "with": {}}]}),
    ("tree.empty_branch", "do.0.if.0.do", {"do": [{"if": [{"when": "true", "do": []}]}]}),
]  # fmt: skip


@pytest.mark.parametrize("found", FOUND, ids=[each[0] for each in FOUND])
def test_what_is_wrong_is_told_with_its_place(
    company: Company, publish: Publish, browser: Browser, deals: None, found: tuple[str, str, dict[str, Any]]
) -> None:
    code, path, drawn = found
    definition = publish(GREET)
    source = {"definition": "greet", "title": "Greeting", **drawn}
    told = keep(browser(company.ann), definition, {"source": source, "revision": definition.revision}).json()[
        "problems"
    ]
    assert (code, path) in [(one["code"], one["path"]) for one in told]
    assert all(one["sentence"] for one in told)
    assert definitions.definition("greet").draft
