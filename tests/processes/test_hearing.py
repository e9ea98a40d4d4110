"""Live updates of processes keep the rights."""

from potok.kit import clock, live
from potok.people.public import Extent, Person
from potok.processes.models import StartList
from potok.processes.permissions import EDIT, MIGRATE, SEE
from tests.company import Company
from tests.processes.conftest import Begin, Publish

ASKS_BOB = """
definition: ask
title: Ask Bob
do:
  - {title: Ask, block: approve, with: {to: user_BOB, title: Approve}}
"""


def heard(person: Person, topic: str, *ids: int) -> set[int]:
    return {id for _, id in live.heard([(topic, id) for id in ids], by=person.pk)}


def test_of_a_run_hears_whoever_is_asked_in_it_and_no_stranger(
    company: Company, publish: Publish, begin: Begin
) -> None:
    definition = publish(ASKS_BOB.replace("BOB", str(company.bob.pk)))
    one, other = begin(definition), begin(definition)
    assert heard(company.bob, "instance", one.pk, other.pk) == {one.pk, other.pk}
    assert heard(company.carol, "instance", one.pk, other.pk) == set()
    company.grant(SEE, extent=Extent.OWN, to=company.carol)
    assert heard(company.carol, "instance", one.pk, other.pk) == {0}
    company.grant(SEE, extent=Extent.ALL, to=company.carol)
    assert heard(company.carol, "instance", one.pk) == {one.pk}


def test_of_definitions_hears_whoever_works_with_them(company: Company) -> None:
    for topic in ("definition", "drawing", "globals"):
        assert heard(company.carol, topic, 7) == set()
    company.grant(EDIT, to=company.carol)
    for topic in ("definition", "drawing", "globals"):
        assert heard(company.carol, topic, 7) == {7}


def test_of_a_migration_hears_whoever_may_migrate(company: Company) -> None:
    assert heard(company.carol, "migration", 7) == set()
    company.grant(MIGRATE, to=company.carol)
    assert heard(company.carol, "migration", 7) == {7}


def test_of_a_list_that_is_started_hears_who_started_it(company: Company) -> None:
    mine = StartList.objects.create(by=company.carol, made_at=clock.now(), begun_at=clock.now())
    hers = StartList.objects.create(by=company.alice, made_at=clock.now(), begun_at=clock.now())
    assert heard(company.carol, "start_list", mine.pk, hers.pk) == {mine.pk}
