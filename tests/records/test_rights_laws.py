"""No way out of the house leaks a record: each is compared with a slow and obvious reference, over random rights."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from potok.disk import public as disk
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.kit.errors import Missing
from potok.people.public import Extent, roles
from potok.records import public as records
from potok.records.public import Limit, sharing
from potok.records.screens.find import found_or_mistyped
from potok.records.search import finding
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
PEOPLE = ("alice", "bob", "carol", "dan", "fay", "eve")
# Who works under whom, spelled out: the reference knows nothing of paths and views.
NEAR: Mapping[str, Mapping[Extent, set[str]]] = {
    "alice": {Extent.DEPARTMENT: {"alice", "bob"}, Extent.SUBTREE: {"alice", "bob", "fay"}},
    "bob": {Extent.DEPARTMENT: {"alice", "bob"}, Extent.SUBTREE: {"alice", "bob", "fay"}},
    "carol": {Extent.DEPARTMENT: {"carol"}, Extent.SUBTREE: {"carol"}},
    "dan": {Extent.DEPARTMENT: {"dan"}, Extent.SUBTREE: {"alice", "bob", "carol", "dan", "fay"}},
    "fay": {Extent.DEPARTMENT: {"fay"}, Extent.SUBTREE: {"fay"}},
    "eve": {},
}
HOLDERS = {
    "sales": {"alice", "bob", "fay", }, "whole": {"alice", "bob", "carol", "dan", "fay"}, "group": {"bob", "carol"},
    **{name: {name} for name in PEOPLE},
}  # fmt: skip


@dataclass(frozen=True)
class Role:
    """A role of the reference: who holds it, how far it reaches, and the second pipeline hidden or not."""

    holder: str
    extent: Extent
    hides: bool


@dataclass(frozen=True)
class World:
    """Random rights over random records: (owner, in the second pipeline, shared with)."""

    roles: list[Role]
    records: list[tuple[str, bool, str | None]]
    removed: set[int] = field(default_factory=set)

    def sees(self, who: str, number: int) -> bool:
        """The slow and obvious answer."""
        owner, second, shared = self.records[number]
        if shared is not None and who in HOLDERS[shared]:
            return True
        return any(
            who in HOLDERS[role.holder] and not (role.hides and second) and self._near(who, owner, role.extent)
            for role in self.roles
        )

    def _near(self, who: str, owner: str, extent: Extent) -> bool:
        if who == owner:
            return True
        if who == "eve":
            return False  # whatever a role says, people from outside see their own
        return extent == Extent.ALL or owner in NEAR[who].get(extent, set())


worlds = st.builds(
    World,
    roles=st.lists(
        st.builds(Role, st.sampled_from(sorted(HOLDERS)), st.sampled_from(list(Extent)), st.booleans()), max_size=4
    ),
    records=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.booleans(), st.none() | st.sampled_from(sorted(HOLDERS))),
        min_size=1,
        max_size=6,
    ),
)


def build(world: World, firm: Company, make: Make, second: records.Pipeline) -> list[Any]:
    """Make the world by operations."""
    codes = {
        "sales": f"group_dr{firm.sales.pk}",
        "whole": f"group_dr{firm.whole.pk}",
        "group": f"group_g{firm.group.pk}",
    }
    codes |= {name: f"user_{getattr(firm, name).pk}" for name in PEOPLE}
    made = []
    for number, (owner, in_second, shared) in enumerate(world.records):
        values = {"title": f"Deal{number}", "responsible": getattr(firm, owner).pk}
        made.append(make("crm.deal", values | ({"pipeline": second.pk} if in_second else {})))
        if shared is not None:
            with opened(None, door="screen") as call:
                sharing.give(call, record=made[-1], holder=codes[shared])
    for number, one in enumerate(world.roles):
        with opened(None, door="screen") as call:
            role = roles.add(call, name=f"Role {number}")
            for act in ("see", "export"):
                roles.grant(call, role=role, permission=f"crm.deal.{act}", extent=one.extent)
            place = {"sales": "department", "whole": "department", "group": "group"}.get(one.holder, "person")
            roles.give(call, role=role, **{place: getattr(firm, one.holder)})
            if one.hides:
                sharing.limit(call, role=role, record_type="crm.deal", pipeline=second, level=Limit.HIDDEN)
    return made


def outs(person: Any, client: Client, made: list[Any]) -> dict[str, set[int]]:
    """Which of the records each way out of the house shows to the person."""
    of = records.record_types["crm.deal"]
    refs = [RecordRef("crm.deal", row.pk) for row in made]

    def found(pk: int) -> bool:
        try:
            return bool(records.find(of, pk, by=person.pk))
        except Missing:
            return False

    return {
        "list": set(records.rows(of, by=person.pk).values_list("pk", flat=True)),
        "card": {row.pk for row in made if found(row.pk)},
        "titles": {ref.id for ref in records.titles(refs, by=person.pk)},
        "picker": {int(one.value) for one in found_or_mistyped(of, "", by=person.pk)},
        "files": set(disk.holders["crm.deal"].sees(person.pk, {row.pk for row in made})),
        "page": {row.pk for row in made if f"/deals/{row.pk}/" in client.get("/deals/").content.decode()},
        "address": {row.pk for row in made if client.get(f"/deals/{row.pk}/").status_code == 200},
    }


def exported(client: Client) -> set[str]:
    answer: Any = client.get("/deals/export/csv")
    if answer.status_code != 200:
        return set()
    lines = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    return {line["ID"] for line in lines}


def searched(person: Any) -> set[int]:
    return {hit.object for hit in finding.found("deal", by=person.pk, among=["crm.deal"], most=20).hits}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds, who=st.sampled_from(PEOPLE))
@example(world=World([Role("bob", Extent.ALL, hides=True)], [("alice", True, "bob")]), who="bob")
def test_no_way_out_shows_more_or_less_than_the_rights_say(
    world: World, who: str, firm: Company, make: Make, pipeline: records.Pipeline
) -> None:
    with transaction.atomic():
        with opened(None, door="start_up") as call:
            stages = [{"code": "NEW", "title": "New"}]
            second = records.pipelines.add(call, record_type="crm.deal", title="Second", stages=stages)
        made = build(world, firm, make, second)
        person = getattr(firm, who)
        client = inside(person)
        expected = {row.pk for number, row in enumerate(made) if world.sees(who, number)}
        assert outs(person, client, made) == dict.fromkeys(outs(person, client, made), expected)
        assert exported(client) <= {str(pk) for pk in expected}
        assert searched(person) <= expected
        transaction.set_rollback(True)
