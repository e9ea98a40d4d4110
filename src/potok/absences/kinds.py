"""Kinds of absences in words."""

from django.utils.translation import gettext_lazy as _

KINDS = (
    ("vacation", _("Vacation")),
    ("sick", _("Sick leave")),
    ("trip", _("Business trip")),
    ("maternity", _("Parental leave")),
    ("unpaid", _("Unpaid leave")),
    ("study", _("Study leave")),
    ("personal", _("Personal matter")),
    ("other", _("Other absence")),
)
# What colleagues see who may not know the reason.
AWAY = _("Away")


def title(kind: str) -> str:
    """The words for a kind, in the language that is active."""
    return str(dict(KINDS).get(kind, kind))
