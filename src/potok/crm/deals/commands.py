"""Deals on the command line, and what a new company begins with."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from potok.kit.commands import command
from potok.kit.doors import opened
from potok.records.public import Pipeline, Stage, pipelines


@command("deals set-up")
def set_up() -> None:
    """Make the first pipeline of deals, unless there is one."""
    if Pipeline.objects.filter(record_type="crm.deal").exists():
        return
    with translation.override(settings.LANGUAGE_CODE), opened(None, door="start_up") as call:
        pipelines.add(call, record_type="crm.deal", title=_("Sales"), stages=first_stages())


def first_stages() -> list[dict[str, str]]:
    """The stages that a new company begins with, in the language that is active; the administrator changes them."""
    return [
        {"code": "NEW", "title": _("New")},
        {"code": "PREPARATION", "title": _("Invoice sent")},
        {"code": "PAID", "title": _("Paid")},
        {"code": "EXECUTING", "title": _("In work")},
        {"code": "WON", "title": _("Won"), "kind": Stage.WON},
        {"code": "LOSE", "title": _("Lost"), "kind": Stage.LOST},
    ]
