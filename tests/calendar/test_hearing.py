"""Live updates of calendars keep the rights."""

from potok.calendar.access import MANAGE, SEE
from potok.kit import live
from potok.people.public import Extent, Person
from tests.company import Company


def heard(person: Person, *of: Person) -> set[int]:
    return {id for _, id in live.heard([("calendar", one.pk) for one in of], by=person.pk)}


def test_of_a_calendar_hears_whoever_sees_it(firm_of: Company) -> None:
    carol, bob, fay = firm_of.carol, firm_of.bob, firm_of.fay
    assert heard(carol, carol, bob, fay) == {carol.pk}
    firm_of.grant(SEE, extent=Extent.DEPARTMENT, to=firm_of.alice)
    assert heard(firm_of.alice, carol, bob, fay) == {bob.pk}
    firm_of.grant(MANAGE, extent=Extent.ALL, to=carol)
    assert heard(carol, bob, fay) == {bob.pk, fay.pk}
