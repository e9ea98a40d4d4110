"""How often something may be tried: a bucket that a try takes a drop from and time fills again."""

from dataclasses import dataclass

from django.db import connection
from procrastinate.contrib.django import app

# One statement: two tries at once cannot both take the last drop. No row comes back when the bucket is dry.
TAKE = """
INSERT INTO people_bucket AS b (key, level, at) VALUES (%(key)s, %(size)s - 1, potok_now())
ON CONFLICT (key) DO UPDATE SET at = excluded.at,
    level = LEAST(%(size)s, b.level + EXTRACT(EPOCH FROM excluded.at - b.at) / %(seconds)s) - 1
WHERE LEAST(%(size)s, b.level + EXTRACT(EPOCH FROM excluded.at - b.at) / %(seconds)s) >= 1
RETURNING level
"""
SWEEP = "DELETE FROM people_bucket WHERE at < potok_now() - interval '1 day'"


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many tries at once, and one more after so many seconds."""

    name: str
    size: int
    seconds: int

    def take(self, key: str) -> bool:
        """Take a drop for this key; False if the bucket is dry."""
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"key": f"{self.name}:{key}"[:300], "size": self.size, "seconds": self.seconds})
            return cursor.fetchone() is not None

    def fill(self, key: str) -> None:
        """Fill the bucket of this key again."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_bucket WHERE key = %s", [f"{self.name}:{key}"[:300]])


@app.periodic(cron="45 3 * * *")
@app.task(name="potok.people.sweep_buckets", queueing_lock="potok.people.sweep_buckets")
def sweep(timestamp: int) -> None:
    """Forget buckets that nobody touched for a day: they are full."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP)
