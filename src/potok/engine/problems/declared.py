"""The register of problem codes: each is declared once, as a literal, beside the code that finds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .problem import Place, Problem, Severity


def _(text: str) -> str:
    """Mark a text for translation without translating it: the engine speaks English, its caller translates."""
    return text


@dataclass(frozen=True, slots=True)
class Declared:
    """A kind of problem; `at` makes one of it."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(self, place: Place | None = None, /, **fields: object) -> Problem:
        """Complain of this at a place; `fields` fill the message and the hint."""
        return Problem(self.code, place or Place(), self.message, self.hint, fields, self.severity)


_declared: dict[str, Declared] = {}


def problem(code: str, message: str, *, hint: str = "", severity: Severity = Severity.ERROR) -> Declared:
    """Declare a kind of problem; a code declared twice is a defect."""
    if code in _declared:
        raise ValueError(f"Problem code {code} is declared twice.")
    _declared[code] = Declared(code, message, hint, severity)
    return _declared[code]


def all_codes() -> Mapping[str, Declared]:
    """List every kind of problem declared by the modules imported so far."""
    return MappingProxyType(_declared)
