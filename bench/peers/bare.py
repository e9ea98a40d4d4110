"""No engine at all: one row changed and committed, ten times or once. What durability itself costs on this disk.

Run as `python -m bench.peers.bare SCENARIO DSN each|wait NUMBER`, see `bench/timing.py`.
"""

import sys

import psycopg

from bench import timing


def main() -> None:
    """Race with commits alone."""
    _scenario, dsn, mode, number = sys.argv[1:]
    db = psycopg.connect(dsn, autocommit=True)
    db.execute("CREATE TABLE IF NOT EXISTS bare (id int PRIMARY KEY, times int)")
    db.execute("INSERT INTO bare VALUES (%s, 0) ON CONFLICT DO NOTHING", (int(number),))
    commits = 10 if mode == "each" else 1

    def prepare(count: int) -> timing.Run:
        def go() -> None:
            for _ in range(count * commits):
                db.execute("UPDATE bare SET times = times + 1 WHERE id = %s", (int(number),))

        return go

    timing.race(prepare)


if __name__ == "__main__":
    main()
