"""The command that makes web-hooks, and what it refuses."""

import json
import re

import pytest
from django.test import Client

from potok.kit import commands
from potok.kit.errors import Refused
from tests.company import Company

pytestmark = pytest.mark.django_db


def test_the_command_prints_an_address_that_answers(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    commands.call("webhook add", user=" Bob@firm.example ", scope=["task"])
    printed = re.fullmatch(r"\S+?(/rest/\d+/[A-Za-z0-9]+/)\n", capsys.readouterr().out)
    assert printed
    answers = [Client().get(printed[1] + name) for name in ("profile", "tasks.task.list", "crm.deal.list")]
    assert [answer.status_code for answer in answers] == [200, 200, 401]
    assert answers[0].json()["result"]["ID"] == str(company.bob.pk)


@pytest.mark.parametrize(
    ("user", "scope", "code"),
    [
        ("nobody@firm.example", [], "rest.webhook.nobody"),
        ("bob@firm.example", ["tasks"], "rest.webhook.unknown_scope"),
        ("eve@firm.example", [], "rest.webhook.outside"),
    ],
)
def test_nobody_strangers_from_outside_and_unknown_scopes_get_none(
    company: Company, user: str, scope: list[str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        commands.call("webhook add", user=user, scope=scope)
    assert refused.value.code == code


def test_a_request_that_is_too_large_is_told_so(
    company: Company, capsys: pytest.CaptureFixture[str], settings: object
) -> None:
    commands.call("webhook add", user="bob@firm.example")
    path = re.sub(r"^\S+?(?=/rest/)", "", capsys.readouterr().out.strip())
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100  # type: ignore[attr-defined]
    answer = Client().post(path + "profile", json.dumps({"x": "y" * 200}), content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (413, "INVALID_REQUEST")
