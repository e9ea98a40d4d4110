"""The stories of the demo company stand on a shelf of ready definitions, and their cases end as they say."""

from typing import Any

import pytest

from potok.demo import company
from potok.kit import commands
from potok.kit.doors import opened
from potok.people.public import Person
from potok.processes.operations import trials
from potok.processes.public import library

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", company.LANGUAGES)
def test_each_story_is_tried_in_its_cases(language: str) -> None:
    commands.call("demo load", language=language)
    author = Person.objects.get(email="sheremeteva@north-air.example")
    keeper = Person.objects.get(email="kuznetsova@north-air.example")
    stories = [one for one in library.ready(language) if one.shelf is library.shelves["stories"]]
    assert [one.code for one in stories if not one.cases] == []
    assert {one.code for one in stories} >= {"delivery", "housing-clients", "lost-clients", "service-control"}
    ended: dict[tuple[str, str], Any] = {}
    for one in stories:
        for case in one.cases:
            script = {**case["script"], "initiator": keeper.pk}
            script["record"] = {"title": "…", "responsible": keeper.pk, **script.get("record", {})}
            with opened(author.pk, door="screen") as call:
                told = trials.run(call, source=one.text, script=script)
            incidents = [line.what for line in told.lines if line.kind == "incident"]
            ended[one.code, case["title"]["en"]] = (told.standing, incidents, case["ends"])
    assert {key: found for key, found in ended.items() if found[:2] != (found[2], [])} == {}
