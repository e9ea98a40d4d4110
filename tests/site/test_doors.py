"""What every answer carries, and what no answer shows."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from potok.site.urls import handler500, urlpatterns  # noqa: F401 (Django finds the handler here)


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret of the house")


urlpatterns = [*urlpatterns, path("fails", fail)]
ROBUST = Client(raise_request_exception=False)


@pytest.mark.django_db
def test_health_names_the_part_that_is_not_up() -> None:
    answer = ROBUST.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "parts": {"server": "up", "database": "up", "worker": "down"}}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ],
)
def test_every_answer_limits_what_a_browser_may_do(header: str, value: str) -> None:
    assert value in ROBUST.get("/health")[header]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_shows_no_trace() -> None:
    answer = ROBUST.get("/fails")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example"])
def test_an_unknown_host_is_not_answered(host: str) -> None:
    assert Client(headers={"host": host}, raise_request_exception=False).get("/health").status_code == 400
