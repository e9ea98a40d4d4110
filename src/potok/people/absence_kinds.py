"""Kinds of absences: a part above keeps them and says here which there are; until it does, there are the usual ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from potok.kit.registry import Registry
from potok.people import rules


@dataclass(frozen=True, slots=True)
class AbsenceKind:
    """What matters when somebody asks: whether his head decides."""

    code: str
    needs_approval: bool = True


tellers: Registry[Callable[[], Mapping[str, AbsenceKind]]] = Registry("teller of absence kinds")


def known() -> Mapping[str, AbsenceKind]:
    """Name the kinds that there are now, by their codes."""
    for tell in tellers.all().values():
        return tell()
    return {code: AbsenceKind(code) for code in rules.ABSENCES}
