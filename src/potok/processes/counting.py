"""What is counted while instances run: which steps hold them since when, and how often steps are passed.

Steps that do not hold anybody cost no row of their own: a batch adds up how often each was passed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from potok.engine.run import Stand, Token
from potok.kit import sets
from potok.processes.turn import Turn

BEGUN = """INSERT INTO processes_visit (instance_id, token, version_id, node, begun_at)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::bigint[], %b::int[], %b::timestamptz[])
    ON CONFLICT (instance_id, token) DO UPDATE SET version_id = excluded.version_id, node = excluded.node,
        ended_at = NULL, worked_seconds = NULL"""
LEFT = """UPDATE processes_visit v SET ended_at = t.at FROM unnest(%b::bigint[], %b::int[], %b::timestamptz[])
        t(instance_id, token, at)
    WHERE v.instance_id = t.instance_id AND v.token = t.token AND v.ended_at IS NULL"""
PASSED = """INSERT INTO processes_tally (version_id, node, day, passed)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::date[], %b::int[])"""
HOLDS = frozenset({Stand.WAITING, Stand.SLEEPING, Stand.LISTENING, Stand.CALLING, Stand.FAILED})
PASSES = frozenset({"performed", "woke", "happened", "returned", "skipped"})


def keep(turns: Sequence[Turn]) -> None:
    """Write what is counted, inside the pipeline that keeps the turns."""
    begun = [
        (turn.claimed.id, token, turn.claimed.version, node, turn.claimed.at)
        for turn in turns
        for token, node in turn.begun
    ]
    left = [(turn.claimed.id, token, turn.claimed.at) for turn in turns for token in turn.left]
    passed = passed_in(turns)
    for statement, rows in ((BEGUN, begun), (LEFT, left), (PASSED, passed)):
        if rows:
            sets.execute(statement, rows)


def held(tokens: Iterable[Token]) -> dict[int, int]:
    """Give the tokens that are held, with the nodes that hold them."""
    return {token.id: token.node for token in tokens if token.stand in HOLDS}


def passed_in(turns: Sequence[Turn]) -> list[tuple[int, int, date, int]]:
    """Count how often each step was passed: version, node, day, times."""
    times = Counter(
        (turn.claimed.version, entry.node, turn.claimed.at.date())
        for turn in turns
        for entry in turn.entries
        if entry.what in PASSES
    )
    return [(*key, count) for key, count in sorted(times.items())]
