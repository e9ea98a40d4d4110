"""Commands: given by one of those to whom an instance offers them, exactly once."""

from django.db import transaction

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import public as people
from potok.processes import rules, worker
from potok.processes.events import CommandGiven
from potok.processes.models import Command


@operation("processes.command.give", needs="")
def give(call: Call, *, command: Command) -> Command:
    """Give a command that an instance offers: of many who do at the same moment one is heard, the others are told.

    Only those to whom the definition offers it may give it, as their roles and departments are at this moment. The
    process goes on in the same request, if no worker holds it.
    """
    if call.by is not None and call.by not in people.resolve(whom=command.people):
        raise rules.NOT_OFFERED(command=command.title)
    # The count of rows decides who was first.
    heard = Command.objects.filter(pk=command.pk, status=Command.OPEN).update(
        status=Command.GIVEN, given_at=call.at, given_by=call.author
    )
    if not heard:
        raise _gone(command)
    announce(CommandGiven(call=call, command=command.pk, instance=command.instance_id, person=call.author))
    transaction.on_commit(lambda: worker.advance_now([command.instance_id]), robust=True)
    touch("instance", command.instance_id)
    return Command.objects.get(pk=command.pk)


def command(id: int) -> Command:
    """Fetch a command, or refuse with `kit.missing`."""
    found = Command.objects.filter(pk=id).select_related("instance").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _gone(command: Command) -> Exception:
    now = Command.objects.select_related("given_by").get(pk=command.pk)
    if now.status == Command.GIVEN and now.given_by:
        return rules.COMMAND_GIVEN(command=command.title, who=str(now.given_by))
    return rules.COMMAND_GONE(command=command.title)
