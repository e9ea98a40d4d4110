"""What open screens are told: ids only, no more than a notification may carry."""

import json

from hypothesis import given
from hypothesis import strategies as st

from potok.kit import live


@given(st.lists(st.tuples(st.sampled_from(["crm.deal", "task"]), st.integers(0, 10**12)), max_size=800))
def test_every_change_is_told_in_pieces_that_fit(pairs: list[tuple[str, int]]) -> None:
    pieces = list(live._payloads(pairs))
    assert all(len(piece.encode()) <= live.PAYLOAD_MAX for piece in pieces)
    assert [tuple(pair) for piece in pieces for pair in json.loads(piece)] == pairs
