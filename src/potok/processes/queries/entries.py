"""The journal's rows, read back."""

import json
from collections.abc import Iterator
from datetime import datetime

from potok.engine.run import Entry
from potok.processes.models import Journal


def entries_of(instance: int) -> Iterator[tuple[datetime, Entry]]:
    """Every entry of an instance's journal with its moment, in order."""
    for row in Journal.objects.filter(instance_id=instance).order_by("number"):
        for entry in json.loads(row.entries):
            yield row.at, Entry(*entry)
