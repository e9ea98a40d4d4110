"""Tryton as a contestant: opportunities through its JSON-RPC, the whole WSGI application in this process.

Run by the Python of its own environment (see `bench/crm/environment.py`):
`python -m bench.peers.tryton prepare COUNT` makes its database, `… create|list|read|update NUMBER` races.
"""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import timing
from bench.crm import door

DATABASE = "tryton"
PASSWORD = "as long as it has to be"
FIELDS = ["id", "description", "state", "amount", "party.rec_name", "employee", "end_date", "comment"]
# As many opportunities as we have deals, put there as ours are: by a set statement.
FILL = """
INSERT INTO party_party (id, code, name, active)
    SELECT i, 'P' || i, 'Party ' || i, true FROM generate_series(1000, 1000 + %(count)s * 3 / 10) i
    ON CONFLICT DO NOTHING;
INSERT INTO sale_opportunity (id, number, description, party, company, currency, amount, state, start_date,
        conversion_probability, create_uid, create_date)
    SELECT i, 'N' || i, 'Opportunity ' || i, 1000 + i %% (%(count)s * 3 / 10), %(company)s, %(currency)s,
        mod(hashint8extended(i, 7) & 9223372036854775807, 100000) * 100,
        CASE WHEN i %% 20 = 0 THEN 'lead' WHEN i %% 20 < 3 THEN 'opportunity' WHEN i %% 20 < 13 THEN 'converted'
            ELSE 'lost' END,
        date '2026-11-01' - (i %% 1000), 0.5, 1, now()
    FROM generate_series(1000, 1000 + %(count)s) i ON CONFLICT DO NOTHING;
SELECT setval(pg_get_serial_sequence('party_party', 'id'), max(id)) FROM party_party;
SELECT setval(pg_get_serial_sequence('sale_opportunity', 'id'), max(id)) FROM sale_opportunity
"""


def main() -> None:
    """Prepare the database, or race until told to stop."""
    if sys.argv[1] == "prepare":
        _prepare(int(sys.argv[2]))
        return
    from trytond.application import app

    act = _acts(_speaker(app))[sys.argv[1]]

    def prepare(count: int) -> timing.Run:
        return lambda: [act(place) for place in range(count)]

    timing.race(prepare)


def _speaker(app: Any) -> Callable[..., Any]:
    """A session of the administrator, as its own clients open one."""
    import base64

    login = {"method": "common.db.login", "params": ["admin", {"password": PASSWORD}]}
    said = door.post(app, f"/{DATABASE}/rpc/", login)
    user, session = said[:2] if isinstance(said, list) else said["result"][:2]
    token = base64.b64encode(f"admin:{user}:{session}".encode()).decode()
    context: dict[str, Any] = {}

    def ask(method: str, *params: Any, of: str = "sale.opportunity") -> Any:
        body = {"method": f"model.{of}.{method}", "params": [*params, context]}
        said = door.post(app, f"/{DATABASE}/rpc/", body, HTTP_AUTHORIZATION=f"Session {token}")
        return said["result"] if isinstance(said, dict) and "result" in said else said

    context |= ask("get_preferences", True, of="res.user")
    return ask


def _acts(ask: Callable[..., Any]) -> dict[str, Callable[[int], Any]]:
    def money(amount: int) -> Any:
        return {"__class__": "Decimal", "decimal": str(amount)}

    domain = [["state", "in", ["lead", "opportunity"]], ["amount", ">=", money(5_000_000)]]
    # Those that are won or lost refuse to be changed.
    known = [one["id"] for one in ask("search_read", domain[:1], 0, 20_000, [["id", "DESC"]], ["id"])][::20]

    return {
        "create": lambda place: ask(
            "create", [{"description": f"Deal {place}", "amount": money(place), "party": 1001 + place % 100}]
        ),
        "list": lambda place: ask("search_read", domain, 0, 50, [["id", "DESC"]], FIELDS),
        "read": lambda place: ask("read", [known[place % len(known)]], FIELDS),
        "update": lambda place: ask(
            "write", [known[place % len(known)]], {"amount": money(place), "comment": f"Said {place}"}
        ),
    }


def _prepare(count: int) -> None:
    folder = Path(os.environ["TRYTOND_CONFIG"]).parent
    (folder / "password").write_text(PASSWORD)
    subprocess.run(
        [str(Path(sys.executable).with_name("trytond-admin")), "-d", DATABASE, "--activate-dependencies",
         "-u", "sale_opportunity", "--email", "root@large.example"],
        env={**os.environ, "TRYTONPASSFILE": str(folder / "password")}, check=True,
    )  # fmt: skip
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    Pool.start()
    pool = Pool(DATABASE)
    with Transaction().start(DATABASE, 0):
        pool.init()
    with Transaction().start(DATABASE, 1) as transaction:
        company, currency = _furnish(pool)
        cursor = transaction.connection.cursor()
        given = {"count": count, "company": company, "currency": currency}
        for statement in FILL.split(";"):
            cursor.execute(statement, given)
        transaction.commit()
    with Transaction().start(DATABASE, 0, autocommit=True) as transaction:
        transaction.connection.cursor().execute("VACUUM ANALYZE")


def _furnish(pool: Any) -> tuple[int, int]:
    """A company with its currency, in which the administrator works."""
    rates = [("create", [{"rate": 1, "date": dt.date(2020, 1, 1)}])]
    (currency,) = pool.get("currency.currency").create(
        [{"name": "Rouble", "symbol": "₽", "code": "RUB", "rates": rates}]
    )
    (party,) = pool.get("party.party").create([{"name": "Large"}])
    (company,) = pool.get("company.company").create([{"party": party.id, "currency": currency.id}])
    users = pool.get("res.user")
    (admin,) = users.search([("login", "=", "admin")])
    users.write([admin], {"companies": [("add", [company.id])], "company": company.id})
    return company.id, currency.id


if __name__ == "__main__":
    main()
