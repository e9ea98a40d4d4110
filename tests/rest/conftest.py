"""A web-hook of Alice's, a way to call it, and three methods that only the tests know."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import Field

from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, method, methods, page
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people.public import Person
from potok.rest import hooks, limits
from tests import company

Ask = Callable[..., tuple[int, Any]]


class EchoArguments(Arguments):
    id: int
    fields: dict[str, Any] = Field(default_factory=dict)


class ListArguments(Arguments):
    start: int = 0


class PlacedArguments(Arguments):
    TASKID: int
    FIELDS: dict[str, Any]


@pytest.fixture
def alice(db: None) -> Person:
    return company.found().alice


@pytest.fixture
def secret(alice: Person) -> str:
    with opened(None, door="start_up") as call:
        return hooks.add(call, person=alice, wanted=["example"]).secret


@pytest.fixture(autouse=True)
def _examples() -> Iterator[None]:
    limits._buckets.clear()

    @method("example.item.echo", scope="example")
    def echo(call: Call, given: EchoArguments) -> dict[str, Any]:
        """Answer with what was given."""
        if given.id == 404:
            raise MISSING(id=given.id)
        if given.id == 500:
            raise ZeroDivisionError
        return {"ID": str(given.id), "by": call.by, "fields": given.fields}

    @method("example.item.list", scope="example")
    def numbers(call: Call, given: ListArguments) -> Page:
        """List a hundred and twenty rows."""
        rows = [{"ID": str(id)} for id in range(120)]
        piece = rows[max(given.start, 0) :][:50]
        return page(piece, start=given.start, shown=len(piece), total=len(rows))

    @method("example.item.place", scope="example", positional=("TASKID", "FIELDS"))
    def place(call: Call, given: PlacedArguments) -> list[Any]:
        """Answer with arguments that came by order."""
        return [given.TASKID, given.FIELDS]

    @method("foreign.item.get", scope="foreign")
    def foreign(call: Call, given: Arguments) -> bool:
        """Lie outside the scope of the web-hook."""
        return True

    yield
    for name in ("example.item.echo", "example.item.list", "example.item.place", "foreign.item.get"):
        methods.drop(name)


@pytest.fixture
def ask(alice: Person, secret: str, client: Client) -> Ask:
    def post(name: str, body: Any = None, *, secret: str = secret, **form: Any) -> tuple[int, Any]:
        url = f"/rest/{alice.pk}/{secret}/{name}"
        if form:
            answer = client.post(url, form)
        else:
            answer = client.post(url, json.dumps(body or {}), content_type="application/json")
        return answer.status_code, json.loads(answer.content)

    return post
