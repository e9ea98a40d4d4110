"""Trying a definition out: pretend people, a sample record and a clock that is wound; all of it is undone.

The instance lives for real, through the worker's own batches, inside a transaction that is rolled back: its answers and
refusals are the true ones, and nobody is told anything. `script` says what the pretend people do, `world` lets it
happen in the order of the moments, `telling` says what came of it, `cases` keeps a run as a promise for later versions.
"""

from .script import Occurrence, Reply, Script
from .telling import Coverage, Difference, Line, Told, differences
from .world import try_out

__all__ = ["Coverage", "Difference", "Line", "Occurrence", "Reply", "Script", "Told", "differences", "try_out"]
