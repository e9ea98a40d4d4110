"""Every instance that a test leaves is lived again from its journal: folding it gives what is stored."""

from potok.processes import replay


def check() -> None:
    """Replay all instances there are; fails with the first difference of each that differs."""
    differences = {id: folded.difference for id, folded in replay.fold_all() if folded.difference}
    told = [f"{id}: {found.sentence()}" for id, found in differences.items() if not found.is_gap]
    assert not told, "\n".join(told)
