"""Whoever gives way to another transaction is asked again, and sees nothing of it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from potok.kit import passing
from potok.kit.errors import OVERTAKEN
from potok.ui.errors import AnswerRefusals


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "PAUSE_SECONDS", 0.0)


def deadlock() -> Exception:
    failure = OperationalError("deadlock detected")
    failure.__cause__ = psycopg.errors.DeadlockDetected()
    return failure


class Ask:
    """Fails as often as it is told, then answers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures: Iterator[Exception] = iter(failures)
        self.times = 0

    def __call__(self, *given: object) -> HttpResponse:
        self.times += 1
        for failure in self.failures:
            raise failure
        return HttpResponse("done")


@pytest.mark.parametrize("failure", [psycopg.errors.LockNotAvailable(), psycopg.errors.SerializationFailure()])
def test_an_ask_that_had_to_give_way_is_carried_out_again(failure: Exception) -> None:
    ask = Ask(failure, deadlock())
    assert passing.again(ask).content == b"done"
    assert ask.times == 3


def test_any_other_failure_is_told_at_once() -> None:
    ask = Ask(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        passing.again(ask)
    assert ask.times == 1


def test_it_is_not_tried_for_ever() -> None:
    ask = Ask(*[deadlock() for _ in range(99)])
    with pytest.raises(OperationalError):
        passing.again(ask)
    assert ask.times == passing.ATTEMPTS


@pytest.mark.parametrize(
    ("failures", "status"),
    [([], 200), ([deadlock()], 200), ([OVERTAKEN()], 409), ([deadlock() for _ in range(99)], 409)],
)
def test_a_page_never_shows_that_it_had_to_give_way(failures: list[Exception], status: int) -> None:
    view = Ask(*failures)
    request = RequestFactory(headers={"HX-Request": "true"}).post("/", {"a": "b"})
    request.resolver_match = Match(view)  # type: ignore[assignment]
    response = AnswerRefusals(unused).process_exception(request, deadlock())
    assert response is not None
    assert response.status_code == status


class Match:
    args, kwargs = (), {}  # type: ignore[var-annotated]

    def __init__(self, func: Ask) -> None:
        self.func = func


def unused(request: HttpRequest) -> HttpResponse:
    raise AssertionError
