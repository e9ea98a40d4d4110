"""The door: who may come in, how arguments travel, what answers look like."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Person
from potok.rest import hooks
from potok.rest.models import WebHook
from tests.rest.conftest import Ask

pytestmark = pytest.mark.django_db


def test_an_answer_has_a_result_and_the_time_it_took(ask: Ask, alice: Person) -> None:
    status, body = ask("example.item.echo", {"id": 7})
    assert (status, body["result"]) == (200, {"ID": "7", "by": alice.pk, "fields": []})
    assert set(body["time"]) == {
        "start", "finish", "duration", "processing", "date_start", "date_finish", "operating_reset_at", "operating",
    }  # fmt: skip
    assert datetime.fromisoformat(body["time"]["date_start"]).tzinfo is not None


@pytest.mark.parametrize("name", ["example.item.echo.json", "/example.item.echo/", "EXAMPLE.item.Echo"])
def test_the_method_name_is_read_kindly(ask: Ask, name: str) -> None:
    assert ask(name, {"ID": 7})[1]["result"]["ID"] == "7"


def test_arguments_come_by_query_by_form_or_by_both(client: Client, alice: Person, secret: str) -> None:
    url = f"/rest/{alice.pk}/{secret}/example.item.echo"
    assert client.get(f"{url}?id=7&fields[A]=x&bx24_request_id=1").json()["result"]["fields"] == {"A": "x"}
    assert client.post(f"{url}?id=7", {"fields[A][]": "x"}).json()["result"]["fields"] == {"A": ["x"]}


def test_arguments_by_order_are_placed(ask: Ask) -> None:
    assert ask("example.item.place", [5, {"A": 1}])[1]["result"] == [5, {"A": 1}]
    assert ask("example.item.place", **{"0": "5", "1[A]": "1"})[1]["result"] == [5, {"A": "1"}]
    assert ask("example.item.place", {"TASKID": 5, "FIELDS": {"A": 1}})[1]["result"] == [5, {"A": 1}]


ERRORS: list[tuple[str, Any, int, Any]] = [
    ("no.such.method", {}, 404, "ERROR_METHOD_NOT_FOUND"),
    ("foreign.item.get", {}, 401, "insufficient_scope"),
    ("example.item.echo", {}, 400, 100),
    ("example.item.echo", {"id": "x"}, 400, 100),
    ("example.item.echo", {"id": 404}, 400, "NOT_FOUND"),
]


@pytest.mark.parametrize(("name", "body", "status", "code"), ERRORS)
def test_what_is_wrong_has_its_documented_code(ask: Ask, name: str, body: Any, status: int, code: Any) -> None:
    answered, said = ask(name, body)
    assert (answered, said["error"]) == (status, code)
    assert said["error_description"]
    assert "result" not in said


def test_a_missing_argument_is_named(ask: Ask) -> None:
    assert ask("example.item.echo", {})[1]["error_description"] == "Could not find value for parameter {id}"


def test_a_defect_is_told_by_number_only(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    status, said = ask("example.item.echo", {"id": 500})
    assert (status, said["error"]) == (500, "INTERNAL_SERVER_ERROR")
    assert "ZeroDivision" not in said["error_description"]
    assert "ZeroDivisionError" in caplog.text


def test_a_wrong_secret_opens_nothing(ask: Ask) -> None:
    assert ask("server.time", secret="wrong")[1]["error"] == "INVALID_CREDENTIALS"


@pytest.mark.parametrize("change", [{"revoked_at": True}, {"expires_at": True}])
def test_a_revoked_or_expired_web_hook_opens_nothing(ask: Ask, change: dict[str, bool]) -> None:
    WebHook.objects.update(**{name: clock.now() - timedelta(seconds=1) for name in change})
    assert ask("server.time")[0] == 401


def test_a_dismissed_person_has_no_web_hook(ask: Ask, alice: Person) -> None:
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    assert ask("server.time")[0] == 401


def test_the_secret_is_kept_nowhere(secret: str) -> None:
    hook = WebHook.objects.get()
    assert secret.encode() not in bytes(hook.digest)
    assert hooks.find(hook.person_id, secret) == hook


def test_a_stranger_makes_and_revokes_no_web_hook(alice: Person, secret: str) -> None:
    with opened(alice.pk, door="screen") as call:
        refused = hooks.add.many([(call, {"person": alice})]) + hooks.revoke.many(
            [(call, {"hook": WebHook.objects.get()})]
        )
    assert [getattr(answer, "code", None) for answer in refused] == ["kit.forbidden", "kit.forbidden"]


def test_a_runaway_client_is_slowed_down(ask: Ask, settings: Any) -> None:
    settings.REST_CALLS_BURST, settings.REST_CALLS_PER_SECOND = 3, 0.001
    assert [ask("server.time")[0] for _ in range(4)] == [200, 200, 200, 503]


def test_plain_http_from_outside_is_refused_where_https_is_wanted(
    client: Client, alice: Person, secret: str, settings: Any
) -> None:
    settings.REST_NEEDS_HTTPS = True
    answer = client.get(f"/rest/{alice.pk}/{secret}/server.time", REMOTE_ADDR="203.0.113.5")
    assert answer.json() == {"error": "INVALID_REQUEST", "error_description": "Https required."}


def test_a_body_that_is_not_json_is_said_so(client: Client, alice: Person, secret: str) -> None:
    url = f"/rest/{alice.pk}/{secret}/server.time"
    assert client.post(url, "{", content_type="application/json").json()["error"] == "INVALID_REQUEST"


def test_xml_has_the_same_tree(client: Client, alice: Person, secret: str) -> None:
    answer = client.get(f"/rest/{alice.pk}/{secret}/example.item.echo.xml?id=7")
    assert b"<response><result><ID>7</ID>" in answer.content


def test_the_door_knows_its_own_methods(ask: Ask) -> None:
    assert "example.item.echo" in ask("methods")[1]["result"]
    assert ask("methods", {"scope": "foreign"})[1]["result"] == ["foreign.item.get"]
    assert {"basic", "example", "foreign"} <= set(ask("scope")[1]["result"])
    assert ask("method.get", {"name": "nothing"})[1]["result"] == {"isExisting": False, "isAvailable": False}
    before = clock.now()
    assert before <= datetime.fromisoformat(ask("server.time")[1]["result"]) <= clock.now()


def test_openapi_describes_every_method(client: Client) -> None:
    document = client.get("/rest/openapi.json").json()
    echo = document["paths"]["/rest/{person}/{secret}/example.item.echo"]["post"]
    assert echo["requestBody"]["content"]["application/json"]["schema"]["required"] == ["id"]
