"""We as a contestant through REST: `python -m bench.crm.api create|list|read|update …`, see `bench/timing.py`."""

import sys
from collections.abc import Callable
from typing import Any

from bench import timing
from bench.crm import company, door
from bench.ours import house

FIELDS = ["ID", "TITLE", "STAGE_ID", "OPPORTUNITY", "COMPANY_ID", "ASSIGNED_BY_ID", "CLOSEDATE", "COMMENTS"]


def main() -> None:
    """Race until told to stop."""
    import django

    django.setup()
    scenario = sys.argv[1]
    from potok.site.wsgi import application

    path = _path()

    def ask(method: str, **given: Any) -> Any:
        return door.post(application, f"{path}crm.deal.{method}", given)["result"]

    act = _acts(ask)[scenario]

    def prepare(count: int) -> timing.Run:
        return lambda: [act(place) for place in range(count)]

    timing.race(prepare)


def _acts(ask: Callable[..., Any]) -> dict[str, Callable[[int], Any]]:
    ids = _ids()
    # No total: Tryton is not asked for one.
    filter_ = {"@STAGE_ID": ["AT_LARGE_0", "AT_LARGE_1"], ">=OPPORTUNITY": 5_000_000}
    return {
        "create": lambda place: ask(
            "add", fields={"TITLE": f"Deal {place}", "OPPORTUNITY": place, "COMPANY_ID": 1 + place % 100}
        ),
        "list": lambda place: ask("list", filter=filter_, order={"ID": "DESC"}, select=FIELDS, start=-1),
        "read": lambda place: ask("get", id=ids[place % len(ids)]),
        "update": lambda place: ask(
            "update", id=ids[place % len(ids)], fields={"OPPORTUNITY": place, "COMMENTS": f"Said {place}"}
        ),
    }


def _ids() -> list[int]:
    from potok.records.public import record_types

    rows = record_types["crm.deal"].rows()
    found = list(rows.order_by("-pk").values_list("pk", flat=True)[:20_000])
    return found[::20]


def _path() -> str:
    """The address of a web-hook of the administrator."""
    from potok.kit.doors import opened
    from potok.people.public import Person
    from potok.rest import hooks

    made = company.furnish()
    with opened(None, door="start_up") as call:
        return hooks.add(call, person=Person.objects.get(pk=made.administrator), title="Bench").path


if __name__ == "__main__":
    house.__doc__  # noqa: B018 (it names the settings)
    main()
