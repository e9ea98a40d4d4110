"""Around the drawing: publishing with a note, the other notation, my blocks, what others draw, values of constants."""

import json
from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes.models import Constant, Definition, KeptBlock, Version
from potok.processes.operations import definitions, kept_blocks, trials
from potok.processes.web import designing_picture, designing_source
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

GREET = """
definition: greet
title: Greeting
constants:
  limit: {type: number, default: 5}
do:
  - {title: Rest, pause: {for: 1 day}}
"""
STEP = {"title": "Long rest", "note": "Ask twice", "pause": {"for": "2 days"}}


def post(client: Client, url: str, given: dict[str, Any]) -> Any:
    return client.post(url, json.dumps(given), content_type="application/json")


def test_a_version_tells_what_has_changed(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    with opened(company.ann.pk, door="command") as call:
        definitions.keep_draft(call, code="greet", source=GREET.replace("1 day", "2 days"))
    client.post(f"/definitions/{definition.pk}/publication", {"note": " Rest is longer "})
    assert Version.objects.get(definition=definition, number=2).note == "Rest is longer"


def test_what_kept_trials_find_is_shown_and_has_to_be_accepted(
    company: Company, publish: Publish, browser: Browser
) -> None:
    definition, client = publish(GREET), browser(company.ann)
    with opened(company.ann.pk, door="command") as call:
        trials.keep(call, definition=definition, title="By day")
        definitions.keep_draft(call, code="greet", source=GREET.replace("{title: Rest", "{title: Sleep, id: sleep"))
    url = f"/definitions/{definition.pk}/publication"
    answer = client.post(url, {"note": "x"})
    assert answer.status_code == 409
    assert "By day" in answer.json()["broken"][0]
    client.post(url, {"note": "x", "accept": "1"})
    assert Version.objects.filter(definition=definition, number=2).exists()


def test_a_tree_is_turned_into_a_board_and_back(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    tree = {"definition": "greet", "do": [STEP, {"stop": "branch"}]}
    url = f"/definitions/{definition.pk}/turn"
    board = post(client, url, {"source": tree}).json()
    assert board["source"]["stages"]["work"]["enter"] == [STEP, {"go": "done"}]
    assert post(client, url, {"source": board["source"]}).json() == {"source": tree, "lost": []}
    board["source"]["stages"]["work"]["on"] = [{"command": "Call"}]
    told = post(client, url, {"source": board["source"]}).json()
    assert "source" not in told
    assert len(told["lost"]) == 1


def test_my_blocks_are_kept_and_removed(company: Company, publish: Publish, browser: Browser) -> None:
    client = browser(company.ann)
    told = post(client, "/definitions/blocks", {"title": "Long rest", "steps": [STEP]}).json()["kept"]
    assert [(one["title"], one["steps"]) for one in told] == [("Long rest", [STEP])]
    again = post(client, "/definitions/blocks", {"title": "Long rest", "steps": [STEP, STEP]}).json()["kept"]
    assert [len(one["steps"]) for one in again] == [2]
    assert client.post(f"/definitions/blocks/{again[0]['id']}/removal").json() == {"kept": []}


@pytest.mark.parametrize(
    ("title", "steps", "code"),
    [
        (" ", [STEP], "processes.kept_block.untitled"),
        ("Rest", [], "processes.kept_block.empty"),
        ("Rest", "all", "processes.kept_block.empty"),
        ("Rest", [{"note": "x" * 70_000}], "processes.kept_block.too_much"),
    ],
)
def test_what_cannot_be_kept_is_refused(company: Company, title: str, steps: Any, code: str) -> None:
    with pytest.raises(Refused) as told, opened(company.ann.pk, door="command") as call:
        kept_blocks.keep(call, title=title, steps=steps)
    assert told.value.code == code


def test_the_system_keeps_no_blocks(company: Company) -> None:
    with pytest.raises(Refused) as told, opened(None, door="command") as call:
        kept_blocks.keep(call, title="Rest", steps=[STEP])
    assert told.value.code == "processes.kept_block.nobody"


def test_blocks_of_others_are_not_to_be_had(company: Company, browser: Browser) -> None:
    with opened(company.ann.pk, door="command") as call:
        kept = kept_blocks.keep(call, title="Rest", steps=[STEP])
        stranger = KeptBlock(pk=kept.pk, person=company.bob)
        with pytest.raises(Refused):
            kept_blocks.remove(call, kept=stranger)
    assert browser(company.carol).post(f"/definitions/blocks/{kept.pk}/removal").status_code in (403, 404)
    assert KeptBlock.objects.filter(pk=kept.pk).exists()


def test_who_has_drawn_last_is_told_to_those_who_draw(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    url = f"/definitions/{definition.pk}/latest"
    assert str(company.ann) in client.get(url).content.decode()
    told = client.get(f"{url}?data").json()
    assert (told["source"]["title"], told["revision"]) == ("Greeting", definition.revision)


def test_constants_get_their_values_in_the_designer(company: Company, publish: Publish, browser: Browser) -> None:
    definition, client = publish(GREET), browser(company.ann)
    page = client.get(f"/definitions/{definition.pk}/constants/now").content.decode()
    assert 'name="limit"' in page
    answer = client.post(f"/definitions/{definition.pk}/constants", {"name": "limit", "limit": "7", "stay": "1"})
    assert answer.status_code == 204
    assert Constant.objects.get(definition=definition).value == 7


@pytest.mark.parametrize("who", ["carol", "eve"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "{id}/turn"),
        ("post", "{id}/publication"),
        ("get", "{id}/latest"),
        ("get", "{id}/constants/now"),
        ("post", "blocks"),
    ],
)
def test_a_stranger_is_refused(
    company: Company, publish: Publish, browser: Browser, who: str, method: str, path: str
) -> None:
    definition, client = publish(GREET), browser(getattr(company, who))
    body = json.dumps({"source": {"definition": "greet", "do": []}, "title": "Mine", "steps": [STEP]})
    given: dict[str, Any] = {"data": body, "content_type": "application/json"} if method == "post" else {}
    assert getattr(client, method)(f"/definitions/{path.format(id=definition.pk)}", **given).status_code == 403
    assert not KeptBlock.objects.exists()
    assert Definition.objects.get(pk=definition.pk).draft == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a: 1", 0),
        ("# one\na: 1 # two\nb: '# none'\nc: a#b\n", 2),
        ("a: |\n  # in a text\nb: 1\n# last", 1),
        ("a: [ # broken", 1),
    ],
)
def test_comments_of_a_text_are_counted(text: str, count: int) -> None:
    assert designing_source.comments(text) == count


def test_a_definition_is_pictured_with_marks(company: Company) -> None:
    mark = designing_picture.Mark(state="done", note="2 d")
    told = json.loads(designing_picture.drawn(GREET, marks={"do.0": mark}, label="Greeting"))
    assert told["marks"] == {"do.0": {"state": "done", "note": "2 d"}}
    assert [one["word"] for one in told["palette"]] == ["pause"]
    assert (told["notation"], told["label"]) == ("tree", "Greeting")
    assert designing_picture.drawn("do: [") == ""
