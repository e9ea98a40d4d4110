"""Problems of a definition as people read them: the engine's English templates, translated, with their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from potok.engine.problems import Problem, Severity, all_codes


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem, ready to be shown. Lines and columns count from 1, 0 where unknown."""

    code: str
    sentence: str
    hint: str
    path: str
    line: int
    column: int
    is_advice: bool


def told(problem: Problem) -> Complaint:
    """Say a problem in the language that is active now."""
    path = ".".join(str(step) for step in problem.place.path)
    return Complaint(
        code=problem.code,
        sentence=_filled(problem.message, problem),
        hint=_filled(problem.hint, problem).strip(),
        path=path,
        line=problem.place.line,
        column=problem.place.column,
        is_advice=problem.severity is Severity.ADVICE,
    )


def _filled(template: str, problem: Problem) -> str:
    # gettext of an empty text is the header of the catalogue.
    return gettext(template).format(**problem.fields) if template else ""


def sentence(code: str, fields: Mapping[str, object]) -> str:
    """Say a stored problem in the language that is active now: what is wrong and what to do."""
    declared = all_codes().get(code)
    if declared is None:
        return code
    said = (gettext(part).format(**fields) for part in (declared.message, declared.hint) if part)
    return " ".join(said)
