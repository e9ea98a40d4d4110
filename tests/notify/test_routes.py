"""Which way a notice takes: a table, and the laws of quiet hours and digests."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.notify import routes
from potok.notify.routes import Choice, Route, Standing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = NOW + timedelta(minutes=7)
AWAY = Standing(has_mail=True)
ZONES = ["Europe/Moscow", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "UTC"]
MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)

CASES: dict[str, tuple[Standing, Choice, dict[str, bool], Route]] = {
    "to whoever is connected, by XMPP alone": (
        Standing(on_xmpp=True, has_mail=True, has_device=True, here_until=HERE), Choice(), {}, Route(("xmpp",)),
    ),
    "whoever wants no XMPP is told as if he were not connected": (
        Standing(on_xmpp=True, has_mail=True), Choice(xmpp=False), {}, Route(("mail",)),
    ),
    "on the site, looked at again when ten quiet minutes have passed": (
        Standing(here_until=HERE, has_mail=True, has_device=True), Choice(), {}, Route(again_at=HERE),
    ),
    "away, by mail": (AWAY, Choice(), {}, Route(("mail",))),
    "who was here ten minutes ago is away": (
        Standing(here_until=NOW, has_mail=True), Choice(), {}, Route(("mail",)),
    ),
    "away with a browser that takes notices, by both": (
        Standing(has_mail=True, has_device=True), Choice(), {}, Route(("push", "mail")),
    ),
    "gathered into the digest, wherever he is": (
        Standing(here_until=HERE, has_mail=True), Choice(mail="digest"), {}, Route(("digest",)),
    ),
    "a digest does not keep a browser from telling it": (
        Standing(has_mail=True, has_device=True), Choice(mail="digest"), {}, Route(("digest", "push")),
    ),
    "never by mail": (AWAY, Choice(mail="never"), {}, Route()),
    "nowhere to be reached": (Standing(), Choice(), {}, Route()),
    "told by mail once": (AWAY, Choice(), {"mail": True}, Route()),
    "what XMPP gave back goes by mail": (
        Standing(on_xmpp=True, has_mail=True), Choice(), {"xmpp": False}, Route(("mail",)),
    ),
    "what XMPP has is not told again when he goes away": (AWAY, Choice(), {"xmpp": True}, Route()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_notice_goes(case: str) -> None:
    standing, choice, tried, route = CASES[case]
    assert routes.decide(at=NOW, sent_at=NOW, choice=choice, standing=standing, tried=tried) == route


def test_in_quiet_hours_it_waits_for_their_end() -> None:
    until = NOW + timedelta(hours=8)
    everywhere = Standing(on_xmpp=True, has_mail=True, has_device=True)
    asked = {"at": NOW, "sent_at": NOW, "choice": Choice(), "standing": everywhere}
    assert routes.decide(**asked, quiet_until=until) == Route(again_at=until)  # type: ignore[arg-type]


def test_whoever_overlooks_it_on_the_site_for_a_day_is_left_alone() -> None:
    here = Standing(here_until=HERE, has_mail=True)
    route = routes.decide(at=NOW, sent_at=NOW - timedelta(days=1), choice=Choice(), standing=here)
    assert route == Route()


@pytest.mark.parametrize(
    ("clock", "until"),
    [("23:30", "07:00"), ("03:00", "07:00"), ("07:00", None), ("12:00", None), ("22:00", "07:00"), ("21:59", None)],
)
def test_quiet_hours_last_over_midnight(clock: str, until: str | None) -> None:
    hours, minutes = map(int, clock.split(":"))
    at = datetime(2026, 11, 23, hours, minutes, tzinfo=UTC) - timedelta(hours=3)  # Moscow is three hours ahead
    ends = routes.quiet_until(at, begins=time(22), ends=time(7), zone="Europe/Moscow")
    assert (ends and ends.strftime("%H:%M")) == until


@given(at=MOMENTS, begins=st.times(), ends=st.times(), zone=st.sampled_from(ZONES))
def test_quiet_hours_end_within_a_day_and_outside_of_themselves(
    at: datetime, begins: time, ends: time, zone: str
) -> None:
    begins, ends = begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    until = routes.quiet_until(at, begins=begins, ends=ends, zone=zone)
    assert until is None or at < until <= at + timedelta(hours=25)


@given(at=MOMENTS, clock=st.times(), day=st.none() | st.integers(0, 6), zone=st.sampled_from(ZONES))
def test_a_digest_lies_ahead_and_comes_within_its_period(at: datetime, clock: time, day: int | None, zone: str) -> None:
    due = routes.next_digest(at, clock=clock.replace(second=0, microsecond=0), day=day, zone=zone)
    assert at < due <= at + timedelta(days=1 if day is None else 7, hours=1)
    assert day is None or due.weekday() == day


def test_a_channel_rests_longer_with_every_failure_and_five_minutes_at_most() -> None:
    assert [routes.pause(attempts).total_seconds() for attempts in (1, 2, 3, 9)] == [5, 10, 20, 300]
