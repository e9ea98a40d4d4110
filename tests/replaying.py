"""Every instance that a test leaves is lived again from its journal: folding it gives what is stored."""

from django.db import connection

from potok.processes import replay


def check() -> None:
    """Replay all instances there are; fails with the first difference of each that differs."""
    if connection.connection is None or connection.connection.closed:
        return  # A streamed answer closes the connection of its test.
    differences = {id: folded.difference for id, folded in replay.fold_all() if folded.difference}
    told = [f"{id}: {found.sentence()}" for id, found in differences.items() if not found.is_gap]
    assert not told, "\n".join(told)
