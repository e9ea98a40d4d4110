"""The three writes that the third scenario asks of a peer: plain SQL, each committed, as its users would write them."""

import threading

import psycopg

TABLES = """
CREATE TABLE IF NOT EXISTS office_deal (id bigint PRIMARY KEY, stage text NOT NULL, changed_at timestamptz);
CREATE TABLE IF NOT EXISTS office_task (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, person bigint);
CREATE TABLE IF NOT EXISTS office_notice (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text, person bigint);
CREATE TABLE IF NOT EXISTS office_history (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, deal bigint, stage text)
"""


class Office:
    """A connection for each thread; every call commits."""

    def __init__(self, dsn: str) -> None:
        self.dsn, self.local = dsn, threading.local()
        with psycopg.connect(dsn, autocommit=True) as db:
            db.execute(TABLES)

    @property
    def db(self) -> psycopg.Connection:
        if not hasattr(self.local, "db"):
            self.local.db = psycopg.connect(self.dsn, autocommit=True)
        raw: psycopg.Connection = self.local.db
        return raw

    def open_deals(self, ids: list[int]) -> None:
        """Make the deals that the next race is about."""
        self.db.execute("INSERT INTO office_deal SELECT unnest(%s::bigint[]), 'new' ON CONFLICT DO NOTHING", (ids,))

    def change_deal(self, id: int, stage: str) -> None:
        """Move a deal and keep the history of it."""
        with self.db.transaction():
            self.db.execute("UPDATE office_deal SET stage = %s, changed_at = now() WHERE id = %s", (stage, id))
            self.db.execute("INSERT INTO office_history (deal, stage) VALUES (%s, %s)", (id, stage))

    def add_task(self, title: str) -> None:
        """Add a task for a person."""
        self.db.execute("INSERT INTO office_task (title, person) VALUES (%s, 1)", (title,))

    def send_notice(self, text: str) -> None:
        """Tell a person something."""
        self.db.execute("INSERT INTO office_notice (text, person) VALUES (%s, 1)", (text,))
