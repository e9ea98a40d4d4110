"""The people of these tests."""

from types import SimpleNamespace

import pytest

from potok.kit import clock
from potok.people.models import Group, Person


@pytest.fixture
def company(db: None) -> SimpleNamespace:
    """Alice gives, Bob does, Carol is a stranger, Eve is from outside; Alice and Bob are of the group."""
    names = ("alice", "bob", "carol", "eve")
    people = {
        name: Person.objects.create(email=f"{name}@potok.example", name=name.title(), joined_at=clock.now())
        for name in names
    }
    group = Group.objects.create(name="Sales")
    group.people.add(people["alice"], people["bob"])
    return SimpleNamespace(**people, group=group)
