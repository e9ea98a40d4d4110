"""Whatever people type comes out as text, in every component that shows it."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from potok.ui.shapes import ClashField, FilterGroup, FilterRow, Found, Option, Stage, Step

BAD = """"'><img src=x onerror=alert(1)>&{{ 7 }}"""


class Hostile:
    pk = 1
    photo_url = ""

    def __str__(self) -> str:
        return BAD


PLACES = [
    '<c-button title="{{ bad }}" data-x="{{ bad }}">{{ bad }}</c-button>',
    '<c-button :title="bad" href="{{ bad }}" why="{{ bad }}">{{ bad }}</c-button>',
    '<c-input name="{{ bad }}" value="{{ bad }}" label="{{ bad }}" error="{{ bad }}" />',
    '<c-input name="x" rows="2" value="{{ bad }}" hint="{{ bad }}" label="x" placeholder="{{ bad }}" />',
    '<c-select name="x" :options="pairs" label="{{ bad }}" empty="{{ bad }}" />',
    '<c-choice name="x" value="{{ bad }}" label="{{ bad }}" />',
    '<c-picker name="x" url="{{ bad }}" :chosen="options" label="{{ bad }}" />',
    '<c-picker.options :options="options" />',
    '<c-person :of="who" note="{{ bad }}" /><c-people :of="people" title="{{ bad }}" />',
    '<c-record title="{{ bad }}" href="{{ bad }}" /><c-tag>{{ bad }}</c-tag><c-value path="{{ bad }}" />',
    '<c-status state="done" text="{{ bad }}" /><c-pill state="run">{{ bad }}</c-pill>',
    '<c-chip field="{{ bad }}" value="{{ bad }}" remove_url="{{ bad }}" />',
    '<c-banner code="{{ bad }}" link="{{ bad }}" link_title="{{ bad }}">{{ bad }}</c-banner>',
    '<c-empty>{{ bad }}</c-empty><c-toast text="{{ bad }}" /><c-file name="{{ bad }}" href="{{ bad }}" />',
    '<c-menu label="{{ bad }}"><c-menu.item title="{{ bad }}" href="{{ bad }}" /></c-menu>',
    '<c-stage-bar :stages="stages" /><c-flow :steps="steps" /><c-steps :steps="steps" />',
    '<c-timeline-item :by="who" when="{{ bad }}" note="{{ bad }}" why="{{ bad }}">{{ bad }}</c-timeline-item>',
    '<c-edit name="x" url="{{ bad }}" label="{{ bad }}">{{ bad }}</c-edit><c-fact label="{{ bad }}">{{ bad }}</c-fact>',
    '<c-board.column id="{{ bad }}" title="{{ bad }}" sum="{{ bad }}"></c-board.column>',
    '<c-board.card id="{{ bad }}" href="/" title="{{ bad }}" about="{{ bad }}" next="{{ bad }}" :person="who" />',
    '<c-board.card :id="bad" href="/" :title="bad" :about="bad" :sum="bad" state="done" :runs="bad" />',
    '<c-clash url="{{ bad }}" :fields="clash" who="{{ bad }}" />',
    '<c-filter :group="group" :fields="pairs" action="{{ bad }}" summary="{{ bad }}" />',
    '<c-found :groups="groups" asked="{{ bad }}" />',
    '<c-crumb here>{{ bad }}</c-crumb><c-view href="{{ bad }}">{{ bad }}</c-view><c-tabs.tab>{{ bad }}</c-tabs.tab>',
]
CONTEXT = {
    "bad": BAD,
    "who": Hostile(),
    "people": [Hostile()],
    "pairs": [(BAD, BAD)],
    "options": [Option(BAD, BAD, BAD, face=Hostile())],
    "stages": [Stage(BAD, "done", BAD, BAD)],
    "steps": [Step(BAD, "done", BAD)],
    "clash": [ClashField(BAD, BAD, BAD, BAD, BAD)],
    "group": FilterGroup(BAD, [FilterRow(BAD, BAD, BAD, [(BAD, BAD)], BAD)]),
    "groups": [(BAD, [Found(BAD, BAD, "file", BAD, BAD)])],
}


@pytest.mark.parametrize("source", PLACES)
def test_what_is_typed_never_becomes_markup(source: str) -> None:
    template = engines["django"].from_string(CottonCompiler().process(source))
    html = template.render(CONTEXT, RequestFactory().get("/"))
    assert "&lt;img src=x" in html
    assert "<img" not in html
    assert "onerror=alert(1)>" not in html
    assert "\"'>" not in html
    assert "{{ 7 }}" in html
