"""An environment of its own for Tryton and locust, whose packages are none of the product's."""

import subprocess
import sys
import venv
from pathlib import Path

from bench.server import Server

FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench-crm"
WANTED = Path(__file__).with_name("requirements.txt")


def python() -> str:
    """The Python of that environment; the first time its packages are fetched."""
    found, noted = FOLDER / "bin" / "python", FOLDER / "installed.txt"
    if not noted.exists() or noted.read_text() != WANTED.read_text():
        venv.create(FOLDER, with_pip=True, clear=True)
        subprocess.run([str(found), "-m", "pip", "install", "-q", "-r", str(WANTED)], check=True, stdout=sys.stderr)
        noted.write_text(WANTED.read_text())
    return str(found)


def for_tryton(server: Server) -> dict[str, str]:
    """What makes Tryton use the server, in a database of its own."""
    conf = server.folder / "tryton.conf"
    conf.write_text("[database]\nuri = postgresql://potok@/\n")
    return {
        **server.environment,
        "PGHOST": str(server.socket),
        "PGUSER": "potok",
        "TRYTOND_CONFIG": str(conf),
        "TRYTOND_DATABASE_NAMES": "tryton",
    }
