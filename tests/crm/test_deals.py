"""Deals: what a new company begins with."""

import pytest
from django.utils import translation

from potok.kit import commands
from potok.kit.doors import opened
from potok.records import public as records
from potok.records.public import Pipeline, Stage

pytestmark = pytest.mark.django_db


def test_a_new_company_has_a_pipeline_once() -> None:
    for _ in range(2):
        assert commands.call("deals set-up") == 0
    [pipeline] = Pipeline.objects.all()
    kinds = [stage.kind for stage in Stage.objects.filter(pipeline=pipeline)]
    assert kinds == ["open"] * 4 + ["won", "lost"]
    with opened(None, door="screen") as call:
        assert records.verbs["crm.deal"].add(call, values={"title": "First"}).stage.code == "NEW"


def test_the_first_stages_speak_the_language_of_the_installation() -> None:
    with translation.override("en"):
        commands.call("deals set-up")
    assert Stage.objects.get(code="PAID").title == "Оплачена"
