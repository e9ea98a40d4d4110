"""The small company of all tests: Alice owns it, Bob works with her, Carol is a stranger, Eve is from outside.

    Company            head Dan (nobody's stranger: he heads everything)
    ├── Sales          head Alice; Bob
    │   └── Partners   Fay
    └── Warehouse      Carol
    Eve is external and stands in no department; Ann is the administrator.

It is built by operations, so that it cannot contradict the rules. Nobody has a role until a test gives one.
"""

from dataclasses import dataclass

from potok.kit.doors import opened
from potok.people.public import Department, Extent, Group, Person, Role, departments, groups, persons, roles


@dataclass(frozen=True)
class Company:
    """Who and what there is in it."""

    alice: Person
    bob: Person
    carol: Person
    eve: Person
    dan: Person
    fay: Person
    ann: Person
    whole: Department
    sales: Department
    partners: Department
    warehouse: Department
    group: Group

    def grant(self, permission: str, *, extent: Extent = Extent.ALL, to: Person | None = None) -> Role:
        """Let one person, or everybody in the company, do this as far as the extent reaches."""
        with opened(None, door="start_up") as call:
            role = roles.add(call, name=f"{permission} {extent.name} {to.pk if to else 'all'}")
            roles.grant(call, role=role, permission=permission, extent=extent)
            if to is None:
                return roles.give(call, role=role, department=self.whole)
            return roles.give(call, role=role, person=to)


def found() -> Company:
    """Build the company in an empty database."""
    with opened(None, door="start_up") as call:
        whole = departments.add(call, name="Company")
        sales = departments.add(call, name="Sales", parent=whole)
        partners = departments.add(call, name="Partners", parent=sales)
        warehouse = departments.add(call, name="Warehouse", parent=whole)

        def hire(name: str, surname: str, *places: Department, **more: bool) -> Person:
            return persons.add(
                call,
                email=f"{name.lower()}@firm.example",
                name=name,
                surname=surname,
                departments=places,
                language="en",
                zone="Europe/Moscow",
                **more,
            )

        alice, bob = hire("Alice", "Orlova", sales), hire("Bob", "Petrov", sales)
        carol, fay = hire("Carol", "Belova", warehouse), hire("Fay", "Titova", partners)
        dan, ann = hire("Dan", "Gromov", whole), hire("Ann", "Zimina", is_administrator=True)
        eve = hire("Eve", "Outer", is_external=True)
        departments.appoint(call, department=whole, head=dan)
        departments.appoint(call, department=sales, head=alice)
        group = groups.add(call, name="Delivery", people=[bob, carol])
    return Company(alice, bob, carol, eve, dan, fay, ann, whole, sales, partners, warehouse, group)
