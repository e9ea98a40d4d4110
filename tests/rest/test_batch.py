"""`batch`: fifty commands at most, references to earlier results, failures that stay their own."""

from typing import Any

import pytest

from tests.rest.conftest import Ask

pytestmark = pytest.mark.django_db


def run(ask: Ask, cmd: Any, **more: Any) -> Any:
    status, body = ask("batch", {"cmd": cmd, **more})
    assert status == 200
    return body["result"]


def test_commands_answer_under_their_keys(ask: Ask) -> None:
    result = run(ask, {"one": "example.item.echo?id=1", "all": "example.item.list"})
    assert result["result"]["one"]["ID"] == "1"
    assert (result["result_total"], result["result_next"]) == ({"all": 120}, {"all": 50})
    assert result["result_error"] == []
    assert set(result["result_time"]) == {"one", "all"}


def test_a_list_of_commands_answers_with_lists(ask: Ask) -> None:
    result = run(ask, ["example.item.echo?id=1", "example.item.echo?id=2"])
    assert [row["ID"] for row in result["result"]] == ["1", "2"]


def test_a_later_command_names_an_earlier_result(ask: Ask) -> None:
    cmd = {
        "list": "example.item.list",
        "last": "example.item.echo?id=$result[list][49][ID]",
        "whole": "example.item.echo?id=1&fields[A]=$result[last]",
        "text": "example.item.echo?id=1&fields[A]=no.%20$result[last][ID]!",
    }
    result = run(ask, cmd)["result"]
    assert result["last"]["ID"] == "49"
    assert result["whole"]["fields"]["A"]["ID"] == "49"
    assert result["text"]["fields"]["A"] == "no. 49!"


def test_a_reference_to_nothing_fails_only_its_own_command(ask: Ask) -> None:
    cmd = {
        "list": "example.item.list?start=100",
        "beyond": "example.item.echo?id=$result[list][49][ID]",
        "after": "server.time",
    }
    result = run(ask, cmd)
    assert set(result["result"]) == {"list", "after"}
    assert result["result_error"]["beyond"]["error"] == 100


def test_a_failure_stays_its_own_unless_the_batch_is_to_halt(ask: Ask) -> None:
    cmd = {"a": "example.item.echo?id=404", "b": "example.item.echo?id=2"}
    assert run(ask, cmd)["result"]["b"]["ID"] == "2"
    halted = run(ask, cmd, halt=1)
    assert halted["result"] == []
    assert halted["result_error"]["a"]["error"] == "NOT_FOUND"


def test_a_batch_inside_a_batch_is_refused(ask: Ask) -> None:
    assert run(ask, {"a": "batch?cmd[x]=server.time"})["result_error"]["a"]["error"] == "ERROR_BATCH_METHOD_NOT_ALLOWED"


def test_commands_beyond_fifty_are_refused_one_by_one(ask: Ask) -> None:
    result = run(ask, {f"c{place}": f"example.item.echo?id={place}" for place in range(52)})
    assert len(result["result"]) == 50
    assert {error["error"] for error in result["result_error"].values()} == {"ERROR_BATCH_LENGTH_EXCEEDED"}


def test_a_batch_comes_by_form_as_well(ask: Ask) -> None:
    _, body = ask("batch", **{"cmd[a]": "example.item.echo?id=1&fields%5BA%5D%5B0%5D=x", "halt": "0"})
    assert body["result"]["result"]["a"]["fields"] == {"A": ["x"]}


def test_a_batch_without_commands_says_so(ask: Ask) -> None:
    assert ask("batch", {})[1]["error"] == 100
