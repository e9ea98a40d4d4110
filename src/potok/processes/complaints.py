"""Problems of a definition as people read them: the engine's English templates, translated, with their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from potok.engine.problems import Problem, Severity, all_codes
from potok.kit.errors import refusals


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
    """Say a stored problem or refusal in the language that is active now: what is wrong and what to do.

    What was wrong inside it is stored as `within`, a code and its fields, and stands in its sentence as `{problem}`.
    """
    spoken = _Forgiving(fields)
    if isinstance(within := fields.get("within"), Mapping):
        spoken["problem"] = sentence(within["code"], within["fields"])
    if code in refusals():
        return gettext(refusals()[code].sentence).format_map(spoken)
    declared = all_codes().get(code)
    if declared is None:
        return code
    return " ".join(gettext(part).format_map(spoken) for part in (declared.message, declared.hint) if part)


def within(code: str, fields: Mapping[str, object]) -> dict[str, object]:
    """Fields of a stored problem that another one explains; what is neither text nor number is kept as it is shown."""
    plain = {name: value if isinstance(value, str | int | float) else str(value) for name, value in fields.items()}
    return {"within": {"code": code, "fields": plain}}


class _Forgiving(dict[str, object]):
    """What was stored by an older release may lack a field that its sentence names today."""

    def __missing__(self, name: str) -> str:
        return "…"
