"""Chance as an argument: the same seed draws the same lots, so that what is worked out again comes out again."""

from hashlib import blake2b

# So many bits that no number of lots could tell the remainder from an even chance.
BITS = 128


class Chance:
    """Draws one lot after another. It is no secret what comes: nothing to make passwords of."""

    __slots__ = ("drawn", "now", "seed")

    def __init__(self, seed: object = "") -> None:
        self.seed = seed
        self.turn(0)

    def turn(self, now: object) -> None:
        """Begin anew, apart from all other turns: each token that enters a node has a turn of its own."""
        self.now = now
        self.drawn = 0

    def draw(self, lots: int) -> int:
        """Draw a number from 0 up to and without `lots`."""
        self.drawn += 1
        hashed = blake2b(f"{self.seed}:{self.now}:{self.drawn}".encode(), digest_size=BITS // 8)
        return int.from_bytes(hashed.digest(), "big") % lots
