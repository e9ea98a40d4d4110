"""Fifty people who are signed in, and deals of their own for each to work with."""

from typing import Any

from bench.crm.company import STAGES, Company

DEALS = 40


def people(company: Company, *, count: int) -> dict[str, Any]:
    """What the locust scenario needs: cookies of sessions, ids of deals, codes of open stages, the pipeline."""
    from django.conf import settings
    from django.test import Client

    from potok.people.public import Person

    found = []
    for person in Person.objects.filter(pk__in=company.people[:: len(company.people) // count][:count]):
        client = Client()
        client.force_login(person)
        found.append({"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "deals": _own(company, person.pk)})
    return {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "pipeline": company.pipeline,
        "stages": [code for code, _title, kind in STAGES if kind == "open"],
        "people": found,
    }


def _own(company: Company, person: int) -> list[int]:
    from potok.records.public import record_types

    rows = record_types["crm.deal"].rows().filter(responsible=person, stage__in=company.stages[:5])
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:DEALS])
