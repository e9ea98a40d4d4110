"""A list is gone through over many turns: what belongs to an item is kept apart, and is gone when the item is."""

import pytest

from potok.kit.doors import opened
from potok.processes import worker
from potok.processes.models import Assignment, Incident, Instance, LocalValues, Standing
from potok.processes.operations import assignments
from tests.company import Company
from tests.processes.conftest import Begin, Publish

LIST = """
definition: list
title: List
variables:
  words: {type: text, multiple: true}
  found: {type: text, default: ''}
do:
  - set: {words: %(words)s}
  - id: word
    each: '{=Variable:words}'
    at_once: %(at_once)s
    gives: {said: '{=word:item}: {=asked:comment}'}
    do:
      - {id: asked, block: approve, with: {to: user_%(bob)d, title: '{=word:item}', comment: optional}}
      - {block: approve, with: {to: user_%(bob)d, title: '{=asked:comment}', comment: none}}
      - set: {found: '{=Variable:found}{=word:index}{=asked:comment} '}
  - {block: status_text, with: {text: '{=word:said}'}}
"""


def answer(company: Company, title: str, comment: str = "") -> None:
    with opened(company.bob.pk, door="screen") as call:
        found = Assignment.objects.get(status="open", title=title)
        assignments.complete(call, assignment=found, answer="approved", comment=comment)
    worker.run_until_idle()


@pytest.mark.parametrize("at_once", ["true", "false"])
def test_results_of_an_item_last_until_it_is_done(
    company: Company, publish: Publish, begin: Begin, at_once: str
) -> None:
    source = LIST % {"bob": company.bob.pk, "at_once": at_once, "words": "[red, blue]"}
    instance = begin(publish(source))
    for word in ("red", "blue"):
        answer(company, word, comment=f"{word}!")
        answer(company, f"{word}!")
    done = Instance.objects.get(pk=instance.pk)
    assert (done.status, done.status_text) == (Standing.COMPLETED, "red: red!, blue: blue!")
    assert not Incident.objects.exists()
    assert not LocalValues.objects.exists()


def test_a_turn_writes_what_belongs_to_its_item_and_not_the_list(
    company: Company, publish: Publish, begin: Begin
) -> None:
    words = [f"w{number}" for number in range(250)]
    source = LIST % {"bob": company.bob.pk, "at_once": "false", "words": f"[{', '.join(words)}]"}
    instance = begin(publish(source))
    chunks = dict(LocalValues.objects.values_list("scope", "data"))
    assert len(chunks) == 3
    for word in words[:2]:
        answer(company, word, comment=f"{word}!")
        answer(company, f"{word}!")
    kept = dict(LocalValues.objects.values_list("scope", "data"))
    assert {scope: kept[scope] for scope in chunks} == chunks
    assert len(bytes(Instance.objects.get(pk=instance.pk).state)) < 300
