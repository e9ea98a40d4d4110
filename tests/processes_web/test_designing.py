"""The designer's page: a definition as data, drafts that two people keep, publishing, and who is refused."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from potok.engine.notation.tree import source as written
from potok.engine.problems import Problems
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes.models import Definition
from potok.processes.operations import definitions
from potok.processes.web import designing_source
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

GREET = """
definition: greet
title: Greeting
do:
  - {title: Rest, pause: {for: 1 day}}
"""
STEP = {"title": "Long rest", "pause": {"for": "2 days"}}


def data(client: Client, definition: Definition) -> dict[str, Any]:
    """What the page embeds for the browser."""
    page = client.get(f"/definitions/{definition.pk}/drawing").content.decode()
    found = re.search(r'<script id="designer-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def keep(client: Client, definition: Definition, given: dict[str, Any]) -> Any:
    return client.post(f"/definitions/{definition.pk}/draft", json.dumps(given), content_type="application/json")


def test_a_definition_is_embedded_as_data(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(GREET)
    told = data(browser(company.ann), definition)
    assert told["source"]["do"] == [{"title": "Rest", "pause": {"for": "1 day"}}]
    assert told["notation"] == "tree"
    assert browser(company.ann).get(told["urls"]["problems"]).json()["problems"] == []
    assert told["published"]


def test_every_block_of_the_palette_has_a_face(company: Company, publish: Publish, browser: Browser) -> None:
    palette = data(browser(company.ann), publish(GREET))["palette"]
    assert {"approve", "pause", "condition", "task_add"} <= {each["name"] for each in palette}
    ours = [each for each in palette if not each["name"].startswith(("tests_", "simulation_"))]
    assert [each["name"] for each in ours if not (each["picture"] and each["title"] and each["group_title"])] == []


def test_what_is_drawn_is_kept_as_text_with_its_problems(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    told = data(client, definition)
    drawn = {**told["source"], "do": [STEP, {"block": "no_such_block"}]}
    answer = keep(client, definition, {"source": drawn, "revision": told["revision"]}).json()
    definition.refresh_from_db()
    assert written.parse(definition.draft).plain == drawn  # type: ignore[union-attr]
    assert answer["revision"] == definition.revision != told["revision"]
    assert [one["path"] for one in answer["problems"]] == ["do.1.block"]


def test_the_second_of_two_who_draw_sees_what_the_first_has_made(
    company: Company, publish: Publish, browser: Browser
) -> None:
    definition, first, second = publish(GREET), browser(company.ann), browser(company.ann)
    told = data(first, definition)
    theirs = {**told["source"], "do": [STEP]}
    keep(first, definition, {"source": theirs, "revision": told["revision"]})
    answer = keep(second, definition, {"source": {**told["source"], "title": "Hello"}, "revision": told["revision"]})
    assert answer.status_code == 409
    assert answer.json()["source"] == theirs
    assert answer.json()["by"] == str(company.ann)
    again = keep(second, definition, {"source": {**theirs, "title": "Hello"}, "revision": answer.json()["revision"]})
    assert again.status_code == 200


def test_numbers_of_a_drawing_keep_their_fraction(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    told = data(client, definition)
    constants = {"rate": {"type": "number", "default": 0.1}}
    keep(client, definition, {"source": {**told["source"], "constants": constants}, "revision": told["revision"]})
    assert data(client, definition)["source"]["constants"] == constants
    definition.refresh_from_db()
    assert "default: 0.1\n" in definition.draft


@pytest.mark.parametrize("body", ["", "no json", "[]", '{"source": 7}', '{"source": "text"}'])
def test_what_is_no_drawing_is_refused(company: Company, publish: Publish, browser: Browser, body: str) -> None:
    definition = publish(GREET)
    url = f"/definitions/{definition.pk}/draft"
    answer = browser(company.ann).post(url, body, content_type="application/json")
    assert answer.status_code == 422
    assert "processes.not_a_drawing" in answer.headers.get("HX-Trigger", "") + answer.content.decode()
    definition.refresh_from_db()
    assert definition.draft == ""


def test_a_text_that_is_no_drawing_opens_with_a_way_to_mend_it(
    company: Company, publish: Publish, browser: Browser
) -> None:
    definition = publish(GREET)
    Definition.objects.filter(pk=definition.pk).update(draft="do: [")
    assert data(browser(company.ann), definition)["unreadable"]


def test_a_new_definition_is_begun_by_its_name(company: Company, browser: Browser) -> None:
    client = browser(company.ann)
    for code in ("otpusk", "otpusk-2"):
        answer = client.post("/definitions/draw", {"title": "Отпуск", "record": ""})
        made = Definition.objects.get(code=code)
        assert answer.headers["HX-Redirect"] == f"/definitions/{made.pk}/drawing"
    assert client.post("/definitions/draw", {"title": " "}).status_code == 422


def test_what_is_drawn_is_published(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    told = data(client, definition)
    keep(client, definition, {"source": {**told["source"], "do": [STEP]}, "revision": told["revision"]})
    assert client.post(f"/definitions/{definition.pk}/publication").status_code == 204
    definition.refresh_from_db()
    assert definition.version is not None
    assert (definition.version.number, definition.draft) == (2, "")


def test_people_in_a_definition_are_called_by_name(company: Company, publish: Publish, browser: Browser) -> None:
    step = f"  - {{block: notify_person, with: {{to: user_{company.bob.pk}, text: Hello}}}}\n"
    told = data(browser(company.ann), publish(GREET + step))
    assert told["values"]["names"] == {f"user_{company.bob.pk}": str(company.bob)}


@pytest.mark.parametrize("who", ["carol", "eve"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "{id}/drawing"),
        ("post", "{id}/draft"),
        ("post", "{id}/publication"),
        ("post", "{id}/formula"),
        ("get", "draw"),
        ("post", "draw"),
    ],
)
def test_a_stranger_neither_sees_nor_draws(
    company: Company, publish: Publish, browser: Browser, who: str, method: str, path: str
) -> None:
    definition, client = publish(GREET), browser(getattr(company, who))
    url = f"/definitions/{path.format(id=definition.pk)}"
    body = json.dumps({"source": {"definition": "greet", "do": []}, "title": "Mine"})
    given: dict[str, Any] = {"data": body, "content_type": "application/json"} if method == "post" else {}
    assert getattr(client, method)(url, **given).status_code == 403
    definition.refresh_from_db()
    assert definition.draft == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("=1 + 2", "3"),
        ("Left: {=Constant:limit}", "Left: 5"),
        ('={=Template:who} & "!"', "Ann!"),
        ("={=rest:by}", None),
    ],
)
def test_a_formula_is_tried_while_it_is_written(
    company: Company, publish: Publish, browser: Browser, text: str, value: str | None
) -> None:
    declared = {
        "constants": {"limit": {"type": "number", "default": 5}},
        "parameters": {"who": {"type": "text", "default": "Ann"}},
    }
    definition, client = publish(GREET), browser(company.ann)
    source = {**data(client, definition)["source"], **declared}
    told = tried(client, definition, {"source": source, "text": text})
    assert told["value"] == value
    assert bool(told["problems"]) == (value is None)


def test_a_formula_is_tried_on_a_record_that_the_reader_sees(
    company: Company, publish: Publish, browser: Browser, deals: None
) -> None:
    definition = publish(GREET.replace("title:", "record: crm.deal\ntitle:", 1))
    source = data(browser(company.ann), definition)["source"]
    ask = {"source": source, "text": "{=Document:title} / {=Document:responsible.surname}"}
    assert tried(browser(company.ann), definition, ask)["value"] is None
    with opened(None, door="command") as call:
        records.verbs["crm.deal"].add(call, values={"title": "Vents", "responsible": company.bob.pk})
    told = tried(browser(company.ann), definition, ask)
    assert (told["value"], told["record"]) == (f"Vents / {company.bob.surname}", "Vents")


def tried(client: Client, definition: Definition, given: dict[str, Any]) -> dict[str, Any]:
    url = f"/definitions/{definition.pk}/formula"
    told: dict[str, Any] = client.post(url, json.dumps(given), content_type="application/json").json()
    return told


@pytest.mark.parametrize(
    "text",
    [GREET, "",
     "a: 1.50\nb: -0.1\nc: yes\nd: true\ne: ~\nf: 2026-11-22\n'1': \"2\"", "a: &x 1\nb: *x", "a: !!str 1", "a: [",
     "a: " + "[" * 70 + "]" * 70, "a: 1\na: 2", "a: |\n  one\n  two\n"],
)  # fmt: skip
def test_a_text_is_read_fast_as_it_is_read_slowly(text: str) -> None:
    slow = written.parse(text)
    assert designing_source.plain(text) == (None if isinstance(slow, Problems) else slow.plain)


def test_a_draft_is_kept_only_over_what_it_began_with(company: Company) -> None:
    with opened(company.ann.pk, door="command") as call:
        made = definitions.begin(call, title="Leave")
        definitions.keep_draft(call, code=made.code, source="definition: leave", over=made.revision)
    with pytest.raises(Refused) as told, opened(company.ann.pk, door="command") as call:
        definitions.keep_draft(call, code=made.code, source="definition: other", over=made.revision)
    assert told.value.code == "processes.draft_overtaken"


def test_a_definition_without_a_name_is_refused(company: Company) -> None:
    with pytest.raises(Refused) as told, opened(company.ann.pk, door="command") as call:
        definitions.begin(call, title=" ")
    assert told.value.code == "processes.definition_untitled"
