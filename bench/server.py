"""One PostgreSQL for us and the peers: our embedded server with the product's own tuning, durable as in the product."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from potok.site.postgres import Postgres


@dataclass(frozen=True)
class Server:
    """Where it listens."""

    folder: Path
    socket: Path

    @property
    def peers(self) -> str:
        """The database of the peers, as they are told of it."""
        return f"postgresql://potok@/peers?host={self.socket}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What makes a process of ours use this server and nothing else."""
        url = f"postgresql://potok@/potok?host={self.socket}"
        return {**os.environ, "DATABASE_URL": url, "POTOK_DATA": str(self.folder), "MALLOC_ARENA_MAX": "2"}


@contextmanager
def running(kept: Path | None = None) -> Iterator[Server]:
    """Start a server with a database for each side in a folder of its own, which is removed afterwards; or in one that
    is kept."""
    folder = kept or Path(tempfile.mkdtemp(prefix="potok-bench-"))
    postgres = Postgres(folder)
    try:
        postgres.start()
        with psycopg.connect(host=str(postgres.socket), user="potok", dbname="postgres", autocommit=True) as raw:
            for name in ("potok", "peers"):
                if not raw.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                    raw.execute(f"CREATE DATABASE {name}")
        yield Server(folder, postgres.socket)
    finally:
        postgres.stop()
        if kept is None:
            if (folder / "postgres").is_symlink():
                shutil.rmtree((folder / "postgres").resolve().parent, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
