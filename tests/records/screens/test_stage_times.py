"""How long a record has stood on its stages."""

from potok.records.screens.stage_bar import added_up


def test_a_record_without_moves_has_stood_nowhere() -> None:
    assert added_up([]) == {}
