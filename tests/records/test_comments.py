"""Comments on records."""

import pytest

from potok.disk import public as disk
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing
from potok.kit.models import EventRow
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import Comment
from tests.company import Company
from tests.records.conftest import Make, refused

pytestmark = pytest.mark.django_db


def test_who_sees_a_record_says_something_about_it(make: Make, firm: Company) -> None:
    deal = make("crm.deal")
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with opened(firm.carol.pk, door="screen") as call:
        said = records.comments.add(call, record=deal, text=" Call them. ", mentioned=[firm.bob.pk])
    assert (said.text, said.author_id) == ("Call them.", firm.carol.pk)
    told = EventRow.objects.get(name="records.record.commented")
    assert told.payload["mentioned"] == [firm.bob.pk]


def test_a_stranger_says_nothing(make: Make, firm: Company) -> None:
    deal = make("crm.deal")
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Missing):
        records.comments.add(call, record=deal, text="mine")


def test_a_file_that_one_does_not_see_is_not_shown_to_others(make: Make, firm: Company) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with opened(firm.alice.pk, door="screen") as call:
        foreign = disk.files.add(call, name="salaries.txt", content=b"1")
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Missing):
        records.comments.add(call, record=make("crm.deal"), text="Look", files=[foreign.pk])
    assert not Comment.objects.exists()


def test_an_empty_comment_is_refused(make: Make) -> None:
    with opened(None, door="screen") as call, refused("records.comment.empty"):
        records.comments.add(call, record=make("crm.deal"), text="  ")


def test_who_only_looks_pins_nothing(make: Make, firm: Company) -> None:
    deal = make("crm.deal")
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with opened(firm.carol.pk, door="screen") as call:
        said = records.comments.add(call, record=deal, text="First of all")
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Forbidden):
        records.comments.pin(call, comment=said)
    with opened(None, door="screen") as call:
        assert records.comments.pin(call, comment=said).pinned


def test_only_ones_own_comment_is_taken_back(make: Make, firm: Company) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL)
    with opened(firm.bob.pk, door="screen") as call:
        said = records.comments.add(call, record=make("crm.deal"), text="Mine")
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Missing):
        records.comments.remove(call, comment=said)
    with opened(firm.bob.pk, door="screen") as call:
        records.comments.remove(call, comment=said)
    assert not Comment.objects.exists()
