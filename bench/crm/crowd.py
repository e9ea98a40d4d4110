"""Fifty people at work, for locust: each looks at lists and cards, changes his deals and drags them over his board.

Run by `bench.crm.running` in the environment of its own; what they need lies in the file `POTOK_BENCH_PEOPLE`.
"""

import json
import os
import random
from itertools import cycle
from pathlib import Path

from locust import HttpUser, between, task

GIVEN = json.loads(Path(os.environ["POTOK_BENCH_PEOPLE"]).read_text())
NEXT = cycle(GIVEN["people"])
TOKEN = "b" * 32


class Seller(HttpUser):
    """Somebody who acts every five seconds; one of his acts in three changes something."""

    wait_time = between(3, 7)

    def on_start(self) -> None:
        """Take a place in the company."""
        me = next(NEXT)
        self.deals, self.chance = me["deals"], random.Random(me["deals"][0])
        self.client.cookies.set(GIVEN["session"], me["cookie"])
        self.client.cookies.set(GIVEN["csrf"], TOKEN)
        self.client.headers.update({"X-CSRFToken": TOKEN, "HX-Request": "true"})

    @task(3)
    def list(self) -> None:
        """Look at the newest deals."""
        self.client.get("/deals/", name="list")

    @task(3)
    def card(self) -> None:
        """Open one of his deals."""
        self.client.get(f"/deals/{self.deal}/", name="card")

    @task(2)
    def edit(self) -> None:
        """Change a cell of the list."""
        said = {"pasted": f"Said {self.chance.randrange(10**6)}"}
        self.client.post(f"/deals/{self.deal}/cells/comment", said, name="edit")

    @task(1)
    def drag(self) -> None:
        """Put a card into another column."""
        moved = {"card": str(self.deal), "column": self.chance.choice(GIVEN["stages"])}
        self.client.post(f"/deals/board?pipeline={GIVEN['pipeline']}", moved, name="drag")

    @property
    def deal(self) -> int:
        """One of his deals."""
        return int(self.chance.choice(self.deals))
