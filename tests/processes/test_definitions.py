"""Definitions are checked, published, switched off; what is wrong is told with its place."""

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.people.public import Extent
from potok.processes.models import Definition, Instance, StartLog, Version
from potok.processes.operations import definitions, instances
from potok.processes.queries import why
from tests.company import Company
from tests.processes.conftest import Begin, Publish

GOOD = """
definition: good
title: Good
constants:
  limit: {type: number, default: 5}
do:
  - block: status_text
    with: {text: "{=Constant:limit}"}
"""
BAD = """
definition: bad
title: Bad
record: crm.deal
do:
  - block: no_such_block
  - block: record_change
    with: {fields: {nothing: 1}}
  - block: task_add
    with: {title: Go, responsible: []}
"""
WAITS = "definition: w\ntitle: W\nrecord: crm.deal\nstart: [manual]\ndo:\n  - pause: {for: 1 day}\n"


def test_every_mistake_is_told_with_its_line_and_nothing_is_published(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        told = definitions.check(call, source=BAD)
        with pytest.raises(Refusals) as no:
            definitions.publish(call, source=BAD)
    lines = {one.line for one in told if not one.is_advice}
    assert lines >= {6, 8, 10}
    assert all(one.sentence for one in told)
    assert {one.code for one in no.value} <= {one.code for one in told}
    assert not Definition.objects.exists()


def test_publishing_the_same_text_again_makes_no_new_version(publish: Publish) -> None:
    publish(GOOD)
    publish(GOOD)
    assert Version.objects.count() == 1
    publish(GOOD.replace("default: 5", "default: 6"))
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_constant_is_set_beside_the_definition(company: Company, publish: Publish, begin: Begin) -> None:
    definition = publish(GOOD)
    with opened(company.ann.pk, door="screen") as call:
        definitions.set_constant(call, definition=definition, name="limit", value="7")
        with pytest.raises(Refused) as unknown:
            definitions.set_constant(call, definition=definition, name="none", value="7")
    assert unknown.value.code == "processes.no_such_value"
    assert begin(definition).status_text == "7"


def test_a_draft_is_kept_right_or_wrong(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        definitions.keep_draft(call, code="bad", source=BAD)
    assert Definition.objects.get().draft == BAD


def test_a_text_that_names_another_definition_is_refused(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as no:
        definitions.publish(call, source=GOOD, code="other")
    assert no.value.code == "processes.code_taken"


def test_a_stranger_writes_and_starts_nothing(company: Company, publish: Publish) -> None:
    definition = publish(GOOD)
    with opened(company.carol.pk, door="screen") as call:
        for act in (
            lambda: definitions.check(call, source=GOOD),
            lambda: definitions.publish(call, source=GOOD),
            lambda: definitions.keep_draft(call, code="good", source=GOOD),
            lambda: definitions.switch(call, definition=definition, is_active=False),
            lambda: definitions.set_constant(call, definition=definition, name="limit", value="7"),
            lambda: instances.start(call, definition=definition),
        ):
            with pytest.raises(Refused) as no:
                act()
            assert no.value.code == "kit.forbidden"


def test_a_publisher_must_hold_the_rights_that_the_definition_uses(company: Company) -> None:
    company.grant("processes.definition.edit", extent=Extent.ALL, to=company.carol)
    source = "definition: n\ntitle: N\ndo:\n  - block: notify_person\n    with: {to: user_%d, text: Hi}\n"
    with opened(company.carol.pk, door="screen") as call:
        with pytest.raises(Refused) as no:
            definitions.publish(call, source=source % company.bob.pk)
        definitions.publish(call, source=(source % company.bob.pk).replace("title: N", "title: N\nacts_as: initiator"))
    assert no.value.code == "processes.publisher_has_no_right"


def test_what_cannot_be_started_says_why(company: Company, publish: Publish, begin: Begin, deal: Deal) -> None:
    definition = publish(WAITS)
    record = RecordRef("crm.deal", deal.pk)
    begin(definition, record=record)
    with opened(company.ann.pk, door="screen") as call:
        cases = [
            ("processes.runs_already", record),
            ("processes.wrong_record", None),
            ("processes.record_gone", RecordRef("crm.deal", 999_999)),
        ]
        for code, about in cases:
            with pytest.raises(Refused) as no:
                instances.start(call, definition=definition, record=about)
            assert no.value.code == code
        definitions.switch(call, definition=definition, is_active=False)
        with pytest.raises(Refused) as off:
            instances.start(call, definition=definition, record=record)
    assert off.value.code == "processes.definition_off"
    assert [line.outcome for line in why(record)] == [StartLog.STARTED]
    assert Instance.objects.count() == 1
