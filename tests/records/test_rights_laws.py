"""No way out of the house leaks a record: each is compared with a slow and obvious reference, over random rights."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Extent, roles
from potok.records import public as records
from potok.records.duplicates.models import Pair
from potok.records.public import Limit, sharing
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside
from tests.records.ways_out import AT_MOST, COUNTS, EXACTLY, FIGURES, Eyes, board_figures

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
    """Random rights over random records: (owner, in the second pipeline, shared with, observed by)."""

    roles: list[Role]
    records: list[tuple[str, bool, str | None, str | None]]
    removed: set[int] = field(default_factory=set)

    def sees(self, who: str, number: int) -> bool:
        """The slow and obvious answer."""
        owner, second, shared, observer = self.records[number]
        if who == observer or (shared is not None and who in HOLDERS[shared]):
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
        st.tuples(
            st.sampled_from(PEOPLE),
            st.booleans(),
            st.none() | st.sampled_from(sorted(HOLDERS)),
            st.none() | st.sampled_from(PEOPLE),
        ),
        min_size=1,
        max_size=6,
    ),
)


def build(world: World, firm: Company, make: Make, second: records.Pipeline, hub: records.Record) -> list[Any]:
    """Make the world by operations. Amounts are powers of two, so that a sum says whose it is."""
    codes = {
        "sales": f"group_dr{firm.sales.pk}",
        "whole": f"group_dr{firm.whole.pk}",
        "group": f"group_g{firm.group.pk}",
    }
    codes |= {name: f"user_{getattr(firm, name).pk}" for name in PEOPLE}
    made = []
    for number, (owner, in_second, shared, observer) in enumerate(world.records):
        values = {
            "title": f"Deal{number}",
            "responsible": getattr(firm, owner).pk,
            "amount": 2**number,
            "close_on": f"2026-12-{10 + number}",
            "company": hub.pk,
            "observers": [] if observer is None else [getattr(firm, observer).pk],
        }
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


def eyes(world: World, firm: Company, make: Make, second: records.Pipeline, who: str) -> Eyes:
    """Make the world, and what else is linked with all its deals; `who` sees that by shares of its own."""
    person = getattr(firm, who)
    hub = make("crm.company", {"title": "Hub"})
    made = build(world, firm, make, second, hub)
    activity = make("crm.activity", {"title": "Call", "about": [row.ref for row in made]})
    with opened(None, door="screen") as call:
        for shared in (hub, activity):
            sharing.give(call, record=shared, holder=f"user_{person.pk}")
        view = records.views.save(call, record_type="crm.deal", title="Everything", shared=True)
    for permission in ("crm.deal.edit", "records.duplicates.merge"):
        firm.grant(permission, extent=Extent.OWN, to=person)
    for one, other in itertools.combinations(made, 2):
        Pair.objects.create(kind="crm.deal", one=one.pk, other=other.pk, score=100, found_at=clock.now())
    return Eyes(person, inside(person), made, hub, activity, view)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds, who=st.sampled_from(PEOPLE))
@example(
    world=World([Role("bob", Extent.ALL, hides=True)], [("alice", True, "bob", None), ("alice", True, None, "bob")]),
    who="bob",
)
@example(
    world=World(
        [Role("eve", Extent.ALL, hides=False)],
        [("alice", False, None, None), ("eve", False, None, None), ("bob", True, None, "eve")],
    ),
    who="eve",
)
def test_no_way_out_shows_more_or_less_than_the_rights_say(
    world: World, who: str, firm: Company, make: Make, pipeline: records.Pipeline
) -> None:
    with transaction.atomic():
        with opened(None, door="start_up") as call:
            stages = [{"code": "NEW", "title": "New"}]
            second = records.pipelines.add(call, record_type="crm.deal", title="Second", stages=stages)
        looking = eyes(world, firm, make, second, who)
        numbers = [number for number in range(len(world.records)) if world.sees(who, number)]
        expected = {looking.made[number].pk for number in numbers}
        told = (len(expected), Decimal(sum(2**number for number in numbers)))
        assert {name: out(looking) for name, out in EXACTLY.items()} == dict.fromkeys(EXACTLY, expected)
        leaks = {name: found - expected for name, out in AT_MOST.items() if (found := out(looking)) - expected}
        assert not leaks
        assert {name: out(looking) for name, out in FIGURES.items()} == dict.fromkeys(FIGURES, told)
        assert {name: out(looking) for name, out in COUNTS.items()} == dict.fromkeys(COUNTS, told[0])
        on_boards = [number for number in numbers if looking.made[number].pk in AT_MOST["board"](looking)]
        assert board_figures(looking) == (len(on_boards), sum(2**number for number in on_boards))
        transaction.set_rollback(True)
