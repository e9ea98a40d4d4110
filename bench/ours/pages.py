"""Card and list of the demo company: median time on the server, from the request to the whole answer, all middleware
and templates included, database on the same machine. In process, so that no network is measured."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WARMING, TIMES_MIN, TIMES_MAX = 3, 5, 60


def measure(answers: Path, *, times: int) -> None:
    """Load the demo company, ask for each page so many times, write a line for each: name, median, unit, bar, note."""
    from django.test import Client

    from potok.kit import commands
    from potok.people.public import Person
    from potok.site import preparation

    preparation.gather_static()
    commands.call("demo load")
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.filter(is_administrator=True).order_by("pk")[0])
    count = max(TIMES_MIN, min(TIMES_MAX, times))
    lines = []
    for name, path in _paths().items():
        took = sorted(_took(lambda path=path: client.get(path)) for _ in range(WARMING + count))[:count]  # type: ignore[misc]
        note = f"median server time of {count}, {path}"
        lines.append(f"page: {name}\t{statistics.median(took):.1f}\tms\t100\t{note}")
    answers.write_text("\n".join(lines))


def _paths() -> dict[str, str]:
    from potok.crm.deals.public import Deal

    deal = Deal.objects.order_by("pk")[0]
    return {"list of deals": "/deals/", "card of a deal": f"/deals/{deal.pk}/", "inbox": "/inbox/"}


def _took(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = ask()
    took = 1000 * (time.perf_counter() - begun)
    assert answer.status_code == 200, answer.status_code
    return took
