"""What lists offer to other parts.

from potok.lists import public as lists
    design = lists.operations.add(call, singular="Letter", plural="Letters", pipeline=True)
    records.verbs[design.name].add(call, values={"title": "№ 7"})
"""

from potok.lists import operations
from potok.lists.models import Design, Item

__all__ = ["Design", "Item", "operations"]
