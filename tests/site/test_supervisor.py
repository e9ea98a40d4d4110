"""`potok up` from outside: real processes, killed one after another."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.site.product import Product, alive, eventually, free_port


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder in which the product has run once: making it anew for each test would take most of the time."""
    folder = Path(tempfile.mkdtemp(prefix="potok-up-"))
    product = Product(folder).start()
    try:
        product.wait_until_ready()
    finally:
        product.end()
    assert "Warning" not in product.said
    yield folder
    shutil.rmtree(folder)


def copied(made: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="potok-up-"))
    subprocess.run(["cp", "-a", f"{made}/.", str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def data(made: Path) -> Iterator[Path]:
    yield from copied(made)


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Product]:
    for folder in copied(made):
        product = Product(folder).start()
        try:
            yield product.wait_until_ready()
        finally:
            product.end()


def is_well(product: Product) -> bool:
    return product.health()[0] == 200


def database(product: Product) -> psycopg.Connection[tuple[int]]:
    return psycopg.connect(
        host=str(product.data / "postgres" / "run"), user="potok", dbname="postgres", autocommit=True
    )


def test_what_is_printed_as_ready_answers(running: Product) -> None:
    assert running.health() == (200, {"server": "up", "database": "up", "worker": "up"})
    assert f"http://localhost:{running.port}" in running.said


def test_an_empty_company_says_how_the_first_person_comes_in(running: Product) -> None:
    assert "potok user add EMAIL --administrator" in running.said


def test_the_first_start_serves_its_static_files_under_names_that_may_be_kept(running: Product) -> None:
    names = json.loads((running.data / "static" / "staticfiles.json").read_text())["paths"]
    asked = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    asked.request("GET", f"/static/{names['ui/potok.css']}", headers={"Host": "localhost"})
    answer = asked.getresponse()
    assert answer.status == 200
    assert "immutable" in (answer.headers["Cache-Control"] or "")
    asked.close()


@pytest.mark.parametrize(
    ("part", "name"), [("worker", "The worker"), ("web", "The server"), ("postgres", "The database")]
)
def test_a_part_that_dies_is_started_again_and_said_so(running: Product, part: str, name: str) -> None:
    before = running.times(f"{name} answers")
    os.kill(running.parts()[part], signal.SIGKILL)
    eventually(lambda: running.times(f"{name} has stopped .SIGKILL."), running.said)
    eventually(lambda: running.times(f"{name} answers") > before, running.said)
    eventually(lambda: is_well(running), running.said)


def test_a_frozen_worker_is_not_called_up(running: Product) -> None:
    pid = running.parts()["worker"]
    os.kill(pid, signal.SIGSTOP)
    try:
        eventually(lambda: running.health()[1].get("worker") == "down", "the worker is called up")
        assert running.health()[0] == 503
    finally:
        os.kill(pid, signal.SIGCONT)
    eventually(lambda: is_well(running), running.said)


def test_a_second_one_on_the_same_folder_is_refused(running: Product) -> None:
    second = Product(running.data).start()
    assert second.process.wait(30) == 1
    eventually(lambda: "Stop it or set POTOK_DATA" in second.said, second.said)
    eventually(lambda: is_well(running), running.said)


def test_a_taken_port_is_refused_with_another_one(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        product = Product(data, port=taken.getsockname()[1]).start()
        assert product.process.wait(30) == 1
    eventually(lambda: "make run" in product.said, product.said)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_leaves_nothing(data: Path, how: signal.Signals) -> None:
    product = Product(data).start().wait_until_ready()
    family = product.family()
    assert len(family) > 5
    assert product.stop(how) == 0
    eventually(lambda: "Everything has stopped" in product.said, product.said)
    assert not alive(family)
    assert not list((data / "postgres" / "run").iterdir())


def test_killing_the_supervisor_leaves_no_orphan_and_loses_nothing(data: Path) -> None:
    port = free_port()
    product = Product(data, port=port).start().wait_until_ready()
    with database(product) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    family = product.family()
    product.kill()
    eventually(lambda: not alive(family), f"still there: {alive(family)}")

    again = Product(data, port=port).start().wait_until_ready()
    try:
        with database(again) as connection:
            assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]
    finally:
        again.end()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must find another place for the database")
def test_root_keeps_the_database_out_of_a_closed_folder_and_opens_nothing(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    product = Product(closed / "potok").start()
    try:
        assert is_well(product.wait_until_ready())
        assert (closed / "potok" / "postgres").resolve().is_relative_to("/var/lib/potok")
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        product.end()
        shutil.rmtree((closed / "potok" / "postgres").resolve().parent)
