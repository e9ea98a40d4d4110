"""What a new company begins with."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from potok.kit.commands import command
from potok.kit.doors import opened
from potok.records.public import Pipeline, Stage, pipelines


@command("leads set-up")
def set_up() -> None:
    """Make the first pipeline of leads, unless there is one."""
    if Pipeline.objects.filter(record_type="crm.lead").exists():
        return
    with translation.override(settings.LANGUAGE_CODE), opened(None, door="start_up") as call:
        pipelines.add(call, record_type="crm.lead", title=_("First contact"), stages=first_stages())


def first_stages() -> list[dict[str, str]]:
    """The stages that a new company begins with, in the language that is active; the administrator changes them."""
    return [
        {"code": "NEW", "title": _("Just arrived")},
        {"code": "IN_PROCESS", "title": _("In work")},
        {"code": "CONVERTED", "title": _("Became a client"), "kind": Stage.WON},
        {"code": "JUNK", "title": _("Refused"), "kind": Stage.LOST},
    ]
