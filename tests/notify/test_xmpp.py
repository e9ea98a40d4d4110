"""Notices by XMPP, against a real server: to whoever is connected, over an outage, nothing lost and nothing twice."""

import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from potok.kit.doors import opened
from potok.kit.errors import Trouble
from potok.notify import routing
from potok.notify.channels import xmpp, xmpp_line
from potok.notify.models import Channel, Connection, Delivery
from potok.notify.operations import channels
from potok.notify.public import notices, wishes
from tests import loops
from tests.company import Company, found
from tests.notify.prosody import SECRET, Friends, Prosody
from tests.site.product import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Prosody]:
    # Its own user has to come through to it, which pytest's own folders do not allow.
    with tempfile.TemporaryDirectory(prefix="potok-prosody-") as folder:
        server = Prosody(Path(folder))
        for name in ("alice", "bob"):
            server.add(name)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def friends(server: Prosody) -> Iterator[Friends]:
    friends = Friends(server)
    yield friends
    friends.end()


@pytest.fixture
def staff(transactional_db: None, server: Prosody) -> Company:
    company = found()
    switch(company, server)
    for person, name in ((company.alice, "alice"), (company.bob, "bob")):
        with opened(person.pk, door="screen") as call:
            wishes.change(call, xmpp=f"{name}@firm.example")
    return company


@pytest.fixture
def worker(staff: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """The loop of the worker, in a thread; calling it decides about what was sent."""
    monkeypatch.setattr("potok.notify.routes.pause", lambda _attempts: timedelta(seconds=0.5))
    stop = threading.Event()
    thread = threading.Thread(target=xmpp_line.run, args=(stop,))
    thread.start()
    yield decide
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def decide() -> None:
    while routing.serve():
        pass


def switch(company: Company, server: Prosody, *, secret: str = SECRET, inside: bool = True) -> None:
    with opened(company.ann.pk, door="screen") as call:
        channels.set_xmpp(
            call, is_on=True, host="127.0.0.1", port=server.components, domain="potok.firm.example", secret=secret,
            inside=inside,
        )  # fmt: skip


def told(company: Company, *texts: str) -> None:
    with opened(None, door="instance") as call:
        for text in texts:
            notices.send(call, to=company.bob.pk, text=text, why="You asked", url="/tasks/7")


def is_here(company: Company) -> Callable[[], bool]:
    return lambda: Connection.objects.filter(person=company.bob).exists()


def test_whoever_is_connected_is_told_in_order_with_why_and_where(
    staff: Company, friends: Friends, worker: Callable[[], None]
) -> None:
    bob = friends.come("bob")
    eventually(is_here(staff), "nobody noted that Bob is connected")
    told(staff, *[f"Новость {number}" for number in range(20)])
    worker()
    eventually(lambda: len(bob.told) >= 20, "Bob was not told")
    eventually(lambda: not Delivery.objects.filter(state="waiting").exists(), "what was told waits still")
    lines = [body.splitlines() for _id, body in bob.told]
    assert [line[0] for line in lines] == [f"Новость {number}" for number in range(20)]
    assert lines[0][1] == "You asked"
    assert "/notices/" in lines[0][2]
    assert {one.state for one in Delivery.objects.all()} == {"sent"}


def test_whoever_leaves_is_connected_no_more(staff: Company, friends: Friends, worker: Callable[[], None]) -> None:
    friends.come("bob")
    eventually(is_here(staff), "nobody noted that Bob is connected")
    friends.go("bob")
    eventually(lambda: not is_here(staff)(), "nobody noted that Bob has left")
    told(staff, "Later")
    worker()
    assert not Delivery.objects.filter(channel="xmpp").exists()


def test_while_the_server_is_away_nothing_is_lost_and_nothing_is_told_twice(
    staff: Company, friends: Friends, worker: Callable[[], None], server: Prosody
) -> None:
    bob = friends.come("bob")
    eventually(is_here(staff), "nobody noted that Bob is connected")
    told(staff, "Before")
    worker()
    eventually(lambda: len(bob.told) == 1, "Bob was not told before")
    server.freeze()
    told(staff, *[f"Within {number}" for number in range(10)])
    worker()
    eventually(lambda: Delivery.objects.filter(attempts__gt=0, state="waiting").exists(), "nothing was tried")
    server.stop(signal.SIGKILL)
    eventually(lambda: not Channel.objects.get(pk="xmpp").is_up, "nobody noted that the server is away")
    assert Channel.objects.get(pk="xmpp").problem
    assert not Connection.objects.exists()
    friends.go("bob")
    server.start()
    friends.come("bob")
    eventually(is_here(staff), "nobody noted that Bob is back")
    told(staff, "After")
    worker()
    eventually(lambda: len(bob.told) >= 12, "what waited did not come")
    eventually(lambda: not Delivery.objects.filter(state="waiting").exists(), "what was told waits still")
    texts = [body.splitlines()[0] for _id, body in bob.told]
    assert texts == ["Before", *[f"Within {number}" for number in range(10)], "After"]
    assert Channel.objects.get(pk="xmpp").is_up


def test_a_wrong_secret_is_told_to_whoever_tries_it(staff: Company, server: Prosody) -> None:
    switch(staff, server, secret="wrong")
    with pytest.raises(Trouble) as trouble:
        loops.run(xmpp_line.test(xmpp.setting()))
    assert "not-authorized" in trouble.value.sentence()
    connection.close()


def test_the_network_of_the_server_is_entered_only_when_an_administrator_allowed_it(
    staff: Company, server: Prosody
) -> None:
    switch(staff, server, inside=False)
    with pytest.raises(Trouble) as trouble:
        loops.run(xmpp_line.test(xmpp.setting()))
    assert trouble.value.code == "notify.inside"


def test_a_server_that_is_set_right_is_told_to_be_so(staff: Company, server: Prosody) -> None:
    loops.run(xmpp_line.test(xmpp.setting()))
