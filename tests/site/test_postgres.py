"""Where the database of an installation lies, and what its keys promise."""

import stat
from pathlib import Path

import pytest

from potok.site import address, keys
from potok.site.postgres import SOCKET_PATH_BYTES_MAX, is_open_to_others, socket_folder


def test_a_socket_lies_beside_its_data_unless_the_path_is_too_long(tmp_path: Path) -> None:
    assert socket_folder(Path("/srv/potok")) == Path("/srv/potok/postgres/run")
    far = tmp_path / ("deep" * 30)
    assert len(str(socket_folder(far))) <= SOCKET_PATH_BYTES_MAX
    assert socket_folder(far) == socket_folder(far) != socket_folder(far / "other")


def test_a_folder_below_a_closed_one_is_closed(tmp_path: Path) -> None:
    (tmp_path / "home" / "potok").mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    assert not is_open_to_others(tmp_path / "home" / "potok")


def test_keys_are_made_once_and_read_by_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    assert keys.read(file) is None
    made = keys.keep(file)
    assert keys.keep(file) == made == keys.read(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://anna:s%40fe@db.example:6432/crm", ("db.example", "6432", "anna", "s@fe", "crm", {})),
        (
            "postgres://anna@db.example/crm?sslmode=require",
            ("db.example", "", "anna", "", "crm", {"sslmode": "require"}),
        ),
        ("postgresql://potok@/postgres?host=/run/potok", ("/run/potok", "", "potok", "", "postgres", {})),
    ],
)
def test_a_database_address_is_read(url: str, wanted: tuple[object, ...]) -> None:
    assert (
        tuple(address.connection(url)[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS"))
        == wanted
    )


@pytest.mark.parametrize("text", ["80a", "-1", "65536"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SystemExit, match="PORT must be a number"):
        address.port(text)
