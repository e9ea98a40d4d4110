"""People who look at a record beside whoever is responsible for it.

Whoever is named in such a field sees the record, whatever his roles say, and is told what happens to it: see
`records.observing`.
"""

from dataclasses import dataclass

from potok.records.fields.reference import Person


@dataclass(frozen=True)
class Observers(Person):
    """Some of our people, or none."""

    multiple: bool = True
