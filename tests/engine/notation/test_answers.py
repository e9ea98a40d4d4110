"""Further answers of a request: what they need is looked at before anything is published."""

import pytest

from potok.engine.graph import Face, Param, ParamKind
from potok.engine.notation import tree
from tests.engine.notation.test_tree import read
from tests.engine.notation.world import PEOPLE, SURROUNDINGS, WRITTEN

FORM, ANSWERS = Param(kind=ParamKind.FORM), Param(kind=ParamKind.ANSWERS)
ASK = Face("ask", {"to": PEOPLE, "title": WRITTEN, "fields": FORM, "answers": ANSWERS}, waits=True)
TEXT = """
definition: d
title: D
do:
  - block: ask
    with:
      to: user_7
      title: Call
      fields: {{next_call: {{type: date}}}}
      answers: {{later: {{title: Later, needs: [{needs}]}}, no: No}}
"""


@pytest.mark.parametrize(
    ("needs", "complaints"),
    [("next_call", []), ("next_cal", ["tree.no_such_field"]), ("next_call, sum", ["tree.no_such_field"])],
)
def test_an_answer_needs_only_fields_that_are_asked_for(needs: str, complaints: list[str]) -> None:
    found = tree.check(read(TEXT.format(needs=needs)), {"ask": ASK}, SURROUNDINGS)
    assert [each.code for each in found] == complaints
