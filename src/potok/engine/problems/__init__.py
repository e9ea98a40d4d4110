"""What is wrong with a definition or a formula: a value with a code, a place, a sentence and a next step.

A function that reads returns `Thing | Problems`; a function that checks returns a list. Nothing here is raised.
"""

from .declared import Declared, _, all_codes, problem
from .problem import Place, Problem, Problems, Severity

__all__ = ["Declared", "Place", "Problem", "Problems", "Severity", "_", "all_codes", "problem"]
