"""What pretend people do besides answering: a block says how what it waits for is made to happen."""

from collections.abc import Mapping, Sequence

from potok.engine.run import State
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.processes import published
from potok.processes.block import Block, blocks
from potok.processes.models import Instance, Subscription


def _pretending() -> Mapping[str, Sequence[Block]]:
    """The blocks that can, by the event that they wait for."""
    found: dict[str, list[Block]] = {}
    for block in blocks.all().values():
        for event in block.awaits if block.pretend else ():
            found.setdefault(event.name, []).append(block)
    return found


def can(ear: Subscription) -> bool:
    """Tell whether some block knows how to make happen what is waited for."""
    return ear.event in _pretending()


def help(family: Sequence[int], *, call: Call, step: str = "") -> str:
    """Let happen the first thing that can be made to happen, at this step if one is named; says the step."""
    pretending = _pretending()
    for ear in Subscription.objects.filter(instance_id__in=family).order_by("instance_id", "token"):
        for block in pretending.get(ear.event, ()):
            name, _title = step_of(ear)
            if (not step or step == name) and _happens(block, ear, call):
                return name
    return ""


def step_of(ear: Subscription) -> tuple[str, str]:
    """The name and the title of the step that listens."""
    instance = Instance.objects.get(pk=ear.instance_id)
    token = State.decode(bytes(instance.state)).token(ear.token)
    version = published.version(instance.version_id)
    return (version.graph.names[token.node], version.title_of(token.node)) if token else ("", "")


def _happens(block: Block, ear: Subscription, call: Call) -> bool:
    assert block.pretend
    try:
        block.pretend(call, ear.where)
    except Refused:
        return False
    return True
