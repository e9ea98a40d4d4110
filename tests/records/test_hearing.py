"""Live updates of records keep the rights."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import potok
from potok.kit import clock, live
from potok.kit.doors import opened
from potok.people.public import Extent, Person
from potok.records import public as records
from potok.records.bulk.models import BulkChange
from potok.records.exchange.models import Export, Import
from potok.records.public import Record, sharing
from potok.records.works.models import Work
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db


def heard(person: Person, *of: Record) -> list[tuple[str, int]]:
    return live.heard([(row.record_type, row.pk) for row in of], by=person.pk)


def questions(person: Person, *of: Record) -> int:
    with CaptureQueriesContext(connection) as asked:
        heard(person, *of)
    return len(asked)


def test_a_record_is_told_to_whoever_sees_it(firm: Company, make: Make) -> None:
    his, hers = make("crm.deal", {"responsible": firm.carol.pk}), make("crm.deal", {"responsible": firm.alice.pk})
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    assert heard(firm.carol, his) == [("crm.deal", his.pk)]
    assert heard(firm.carol, his, hers) == [("crm.deal", 0), ("crm.deal", his.pk)]


def test_a_record_that_goes_from_sight_is_told_as_a_change_of_its_type(firm: Company, make: Make) -> None:
    deal = make("crm.deal", {"responsible": firm.carol.pk})
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"responsible": firm.alice.pk})
    assert heard(firm.carol, deal) == [("crm.deal", 0)]


def test_who_may_see_nothing_of_a_type_hears_nothing_of_it(firm: Company, make: Make) -> None:
    deal, other = make("crm.deal", {"responsible": firm.alice.pk}), make("crm.deal", {"responsible": firm.alice.pk})
    assert heard(firm.carol, deal) == []
    with opened(None, door="screen") as call:
        sharing.give(call, record=other, holder=f"user_{firm.carol.pk}")
    assert heard(firm.carol, deal, other) == [("crm.deal", 0), ("crm.deal", other.pk)]


def test_many_records_are_judged_by_as_many_questions_as_one(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.see", extent=Extent.DEPARTMENT, to=firm.bob)
    deals = [make("crm.deal", {"responsible": firm.alice.pk}) for _ in range(5)]
    assert questions(firm.bob, *deals) == questions(firm.bob, deals[0]) <= 4


def test_every_type_answers_for_its_topic() -> None:
    assert set(records.record_types) <= set(live.hearings)


@pytest.mark.parametrize("kind", [Import, Export, BulkChange])
def test_of_a_work_in_the_background_hears_who_began_it(firm: Company, kind: type[Work]) -> None:
    mine, hers = (kind.objects.create(by=one, made_at=clock.now()) for one in (firm.carol, firm.alice))
    assert live.heard([(kind.topic, mine.pk), (kind.topic, hers.pk)], by=firm.carol.pk) == [(kind.topic, mine.pk)]


def test_a_topic_for_which_no_part_answers_is_told_to_nobody(firm: Company) -> None:
    assert live.heard([("nobody's", 1)], by=firm.ann.pk) == []


def test_every_topic_that_is_touched_has_a_part_that_answers() -> None:
    named = {topic for text in sources() for topic in re.findall(r'touch\(\s*"([^"]+)"', text)}
    named |= {
        topic for text in sources() for topic in re.findall(r'^\s*(?:TOPIC|topic) = "([^"]+)"', text, re.MULTILINE)
    }
    assert {"instance", "task", "import"} <= named
    assert named <= set(live.hearings)


def sources() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in Path(potok.__path__[0]).rglob("*.py")]
