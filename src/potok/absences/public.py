"""What absences offer to other parts.

from potok.absences import public as absences      # absences.note(call, person=7, begins_at=…, ends_at=…)
"""

from potok.absences.kinds import KINDS
from potok.absences.operations import note, take_back
from potok.absences.rules import NOBODY

__all__ = ["KINDS", "NOBODY", "note", "take_back"]
