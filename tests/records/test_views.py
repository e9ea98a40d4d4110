"""Saved views: one's own and everybody's."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import View
from tests.company import Company

pytestmark = pytest.mark.django_db
PAID = {"all": [{"field": "stage", "operator": "in", "value": ["PAID"]}]}


def save(firm: Company, who: str, **more: object) -> View:
    person = getattr(firm, who)
    with opened(person.pk, door="screen") as call:
        given = {"record_type": "crm.deal", "title": "Paid", "filter": PAID, "sort": "-amount"} | more
        return records.views.save(call, **given)  # type: ignore[arg-type]


def test_a_view_is_kept_changed_and_forgotten(firm: Company) -> None:
    view = save(firm, "bob")
    assert (view.owner_id, view.filter, view.sort) == (firm.bob.pk, PAID, "-amount")
    assert save(firm, "bob", view=view, title="Money").title == "Money"
    with opened(firm.bob.pk, door="screen") as call:
        records.views.remove(call, view=view)
    assert not View.objects.exists()


def test_views_of_others_are_left_alone(firm: Company) -> None:
    view = save(firm, "bob")
    with pytest.raises(Missing):
        save(firm, "carol", view=view)
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Missing):
        records.views.remove(call, view=view)
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Missing):
        records.views.open_with(call, view=view)


def test_one_view_opens_by_itself(firm: Company) -> None:
    first, second = save(firm, "bob"), save(firm, "bob", title="Others")
    for view in (first, second):
        with opened(firm.bob.pk, door="screen") as call:
            records.views.open_with(call, view=view)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)


def test_a_view_is_shown_to_a_team_that_one_works_in(firm: Company) -> None:
    assert save(firm, "bob", team=firm.sales.pk).team_id == firm.sales.pk
    with pytest.raises(Missing):
        save(firm, "bob", team=firm.warehouse.pk)


def test_views_for_everybody_need_a_right(firm: Company) -> None:
    with pytest.raises(Forbidden):
        save(firm, "bob", shared=True)
    firm.grant("records.view.share", extent=Extent.ALL, to=firm.alice)
    view = save(firm, "alice", shared=True)
    assert view.owner_id is None
    with opened(firm.bob.pk, door="screen") as call, pytest.raises(Forbidden):
        records.views.remove(call, view=view)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "records.setting.untitled"),
        ({"filter": {"all": [{"field": "nothing", "value": 1}]}}, "records.field.unknown"),
        ({"record_type": "crm.nothing"}, "kit.missing"),
    ],
)
def test_a_wrong_view_is_refused(firm: Company, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        save(firm, "bob", **more)
    assert caught.value.code == code
