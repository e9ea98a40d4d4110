"""What absences offer to other parts.

from potok.absences import public as absences      # absences.note(call, person=7, begins_at=…, ends_at=…)
"""

from potok.absences.operations import note, take_back
from potok.absences.rules import NOBODY, USUAL

__all__ = ["NOBODY", "USUAL", "note", "take_back"]
