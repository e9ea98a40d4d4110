"""What notices are about, as people tell it apart when they choose how to hear of it. Kinds begin with a word of their
part; what begins with none of these is «other»."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Subject:
    """One line of the choice; `begins` are the beginnings of the kinds that belong to it."""

    name: str
    title: str | Promise
    begins: tuple[str, ...] = ()


OTHER = Subject("other", _("Everything else"))
SUBJECTS = (
    Subject("mentions", _("I am called by name, or what is mine is commented on"), ("mention", "records.comment")),
    Subject("tasks", _("Tasks"), ("task",)),
    Subject("processes", _("Processes and assignments"), ("process", "assignment", "incident")),
    Subject("records", _("Deals, clients and other records"), ("records", "crm", "lists")),
    Subject("calendar", _("Calendar and absences"), ("calendar", "invitation", "absence")),
    OTHER,
)


def subject(kind: str) -> str:
    """Name the subject of a notice by its kind."""
    return next((one.name for one in SUBJECTS if kind and kind.startswith(one.begins)), OTHER.name)
