"""What of records a person sees and may do beside his roles: shared records, limited fields and pipelines."""

from typing import Any

import pytest

from potok.kit import viewing
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from potok.people.public import Extent, Person, Role
from potok.records import public as records
from potok.records.public import Limit, Record, sharing
from tests.company import Company
from tests.records.conftest import Make, refused

pytestmark = pytest.mark.django_db
DEAL = records.record_types["crm.deal"]


def share(record: Record, holder: str, *, by: int | None = None, may_edit: bool = False) -> None:
    with opened(by, door="screen") as call:
        sharing.give(call, record=record, holder=holder, may_edit=may_edit)


def limit(role: Role, **given: Any) -> None:
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type="crm.deal", **given)


def seen(person: Person) -> set[int]:
    return set(records.rows(DEAL, by=person.pk).values_list("pk", flat=True))


def change(record: Record, by: Person, **values: Any) -> Any:
    with opened(by.pk, door="screen") as call:
        return records.verbs["crm.deal"].change.many([(call, {"record": record, "values": values})])[0]


@pytest.mark.parametrize(
    ("holder", "who"),
    [
        ("user_{carol}", {"carol"}),
        ("group_g{group}", {"bob", "carol"}),
        ("group_dr{sales}", {"alice", "bob", "fay"}),
        ("group_dr{partners}", {"fay"}),
        ("user_{eve}", {"eve"}),
    ],
)
def test_a_shared_record_is_seen_by_those_it_was_shared_with(
    make: Make, firm: Company, holder: str, who: set[str]
) -> None:
    record, _other = make("crm.deal"), make("crm.deal")
    ids = {"carol": firm.carol.pk, "eve": firm.eve.pk, "group": firm.group.pk, "sales": firm.sales.pk}
    share(record, holder.format(**ids, partners=firm.partners.pk))
    people = {"alice": firm.alice, "bob": firm.bob, "carol": firm.carol, "eve": firm.eve, "fay": firm.fay}
    assert {name for name, person in people.items() if seen(person) == {record.pk}} == who
    assert all(seen(person) == set() for name, person in people.items() if name not in who)


def test_a_share_lets_change_only_where_it_says_so(make: Make, firm: Company) -> None:
    record = make("crm.deal")
    share(record, f"user_{firm.carol.pk}")
    assert isinstance(change(record, firm.carol, comment="x"), Forbidden)
    share(record, f"user_{firm.carol.pk}", may_edit=True)
    assert change(record, firm.carol, comment="x").comment == "x"
    with opened(firm.carol.pk, door="screen") as call:
        answer = records.verbs["crm.deal"].remove.many([(call, {"record": record})])[0]
    assert isinstance(answer, Forbidden)


def test_what_is_taken_back_is_seen_no_longer(make: Make, firm: Company) -> None:
    record = make("crm.deal")
    share(record, f"user_{firm.carol.pk}")
    with opened(None, door="screen") as call:
        sharing.take(call, record=record, holder=f"user_{firm.carol.pk}")
    assert seen(firm.carol) == set()


def test_only_who_may_change_a_record_by_his_role_shares_it(make: Make, firm: Company) -> None:
    record = make("crm.deal", {"responsible": firm.bob.pk})
    with pytest.raises(Missing):
        share(record, f"user_{firm.eve.pk}", by=firm.carol.pk)
    share(record, f"user_{firm.carol.pk}", may_edit=True)
    with pytest.raises(Forbidden):
        share(record, f"user_{firm.eve.pk}", by=firm.carol.pk)
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Forbidden):
        sharing.take(call, record=record, holder=f"user_{firm.carol.pk}")
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    firm.grant("crm.deal.edit", extent=Extent.OWN, to=firm.bob)
    share(record, f"user_{firm.eve.pk}", by=firm.bob.pk)
    assert seen(firm.eve) == {record.pk}
    for holder in ("role_1", "group_dr999999", f"group_d{firm.sales.pk}"):
        with refused("records.share.nobody"):
            share(record, holder)


def test_people_from_outside_see_only_their_own_whatever_their_roles_say(make: Make, firm: Company) -> None:
    mine, _other = make("crm.deal", {"responsible": firm.eve.pk}), make("crm.deal", {"responsible": firm.bob.pk})
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.eve)
    assert seen(firm.eve) == {mine.pk}


def test_a_hidden_field_is_not_there_for_the_role(make: Make, firm: Company) -> None:
    record = make("crm.deal", {"comment": "secret"})
    role = firm.grant("crm.deal.see", to=firm.bob)
    firm.grant("crm.deal.edit", to=firm.bob)
    limit(role, field="comment", level=Limit.HIDDEN)
    with viewing.shown_to(firm.bob.pk):
        assert "comment" not in records.current().of(DEAL)
        with refused("records.field.unknown"):
            records.where(DEAL, {"all": [{"field": "comment", "operator": "contains", "value": "s"}]})
    with viewing.shown_to(firm.ann.pk):
        assert "comment" in records.current().of(DEAL)
    answer = change(record, firm.bob, comment="x")
    assert isinstance(answer, Refused)
    assert answer.code == "records.field.unknown"


def test_a_read_only_field_is_seen_and_not_changed(make: Make, firm: Company) -> None:
    record = make("crm.deal")
    role = firm.grant("crm.deal.see", to=firm.bob)
    firm.grant("crm.deal.edit", to=firm.bob)
    limit(role, field="comment", level=Limit.READ_ONLY)
    with viewing.shown_to(firm.bob.pk):
        assert records.current().of(DEAL)["comment"].read_only
    answer = change(record, firm.bob, comment="x")
    assert isinstance(answer, Refused)
    assert answer.code == "records.field.read_only"
    limit(role, field="comment")
    assert change(record, firm.bob, comment="x").comment == "x"


def test_of_several_roles_the_widest_counts(make: Make, firm: Company) -> None:
    narrow = firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    limit(narrow, field="comment", level=Limit.HIDDEN)
    firm.grant("crm.deal.see", extent=Extent.DEPARTMENT, to=firm.bob)
    with viewing.shown_to(firm.bob.pk):
        assert "comment" in records.current().of(DEAL)


def test_who_sees_a_record_by_a_share_alone_sees_no_field_that_is_hidden_from_any_role(
    make: Make, firm: Company
) -> None:
    role = firm.grant("crm.deal.see", to=firm.bob)
    limit(role, field="comment", level=Limit.HIDDEN)
    share(make("crm.deal"), f"user_{firm.eve.pk}")
    with viewing.shown_to(firm.eve.pk):
        assert "comment" not in records.current().of(DEAL)


@pytest.mark.parametrize("field", ["title", "stage", "nonsense"])
def test_what_everything_stands_on_is_never_hidden(firm: Company, field: str) -> None:
    role = firm.grant("crm.deal.see", to=firm.bob)
    with refused("records.limit.never"):
        limit(role, field=field, level=Limit.HIDDEN)


@pytest.fixture
def partners(firm: Company, pipeline: records.Pipeline) -> records.Pipeline:
    """A second pipeline."""
    with opened(None, door="start_up") as call:
        return records.pipelines.add(
            call, record_type="crm.deal", title="Partners", stages=[{"code": "NEW", "title": "New"}]
        )


def test_a_hidden_pipeline_is_not_there_for_the_role(make: Make, firm: Company, partners: records.Pipeline) -> None:
    ours, theirs = make("crm.deal"), make("crm.deal", {"pipeline": partners.pk})
    role = firm.grant("crm.deal.see", to=firm.bob)
    limit(role, pipeline=partners, level=Limit.HIDDEN)
    assert seen(firm.bob) == {ours.pk}
    with viewing.shown_to(firm.bob.pk):
        assert [one.title for one in records.current().pipelines["crm.deal"]] == ["Sales"]
    share(theirs, f"user_{firm.bob.pk}")
    assert seen(firm.bob) == {ours.pk, theirs.pk}


def test_nothing_is_changed_or_put_into_a_pipeline_that_may_only_be_seen(
    make: Make, firm: Company, partners: records.Pipeline
) -> None:
    ours, theirs = make("crm.deal"), make("crm.deal", {"pipeline": partners.pk})
    for act in ("see", "edit", "add"):
        limit(firm.grant(f"crm.deal.{act}", to=firm.bob), pipeline=partners, level=Limit.READ_ONLY)
    assert seen(firm.bob) == {ours.pk, theirs.pk}
    assert isinstance(change(theirs, firm.bob, comment="x"), Forbidden)
    answer = change(ours, firm.bob, pipeline=partners.pk)
    assert isinstance(answer, Refused)
    assert answer.code == "records.pipeline.closed"
    with refused("records.pipeline.closed"):
        make("crm.deal", {"pipeline": partners.pk}, by=firm.bob.pk)
    assert make("crm.deal", by=firm.bob.pk).pk


def test_a_stranger_limits_nothing(firm: Company) -> None:
    role = firm.grant("crm.deal.see", to=firm.bob)
    with opened(firm.carol.pk, door="screen") as call:
        given = {"role": role, "record_type": "crm.deal", "field": "comment", "level": Limit.HIDDEN}
        assert isinstance(sharing.limit.many([(call, given)])[0], Forbidden)
