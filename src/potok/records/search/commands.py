"""The command line of the search."""

from django.utils.translation import gettext as _

from potok.kit.commands import command
from potok.records.search import upkeep


@command("search rebuild")
def rebuild() -> None:
    """Write the index of the search anew; searching goes on meanwhile."""
    print(_("Entries: %(count)s.") % {"count": upkeep.rebuild()})
