"""How the channels are set, and what did not get through."""

from typing import Any

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.kit.sealing import seal
from potok.notify import routes, rules
from potok.notify.channels import channels, push, state
from potok.notify.models import Channel, Delivery, State
from potok.notify.permissions import SET_CHANNELS

FRESH: dict[str, Any] = {"is_up": True, "problem": "", "attempts": 0, "next_at": None}


@operation("notify.channel.set_xmpp", needs=SET_CHANNELS)
def set_xmpp(
    call: Call,
    *,
    is_on: bool,
    host: str = "",
    domain: str = "",
    port: int = 5347,
    secret: str = "",
    inside: bool = False,
) -> Channel:
    """Set by which component of which XMPP server notices leave. Without a secret the one that is kept stays."""
    row = state.state(routes.XMPP)
    sealed = seal(secret.encode()) if secret else row.secret
    host, domain = host.strip().lower(), domain.strip().lower()
    if is_on:
        rules.check_server(host=host, domain=domain, port=port, has_secret=bool(sealed))
    told = {"host": host, "domain": domain, "port": port, "inside": inside}
    return _keep(routes.XMPP, is_on=is_on, settings=told, secret=sealed)


@operation("notify.channel.set_push", needs=SET_CHANNELS)
def set_push(call: Call, *, is_on: bool, inside: bool = False) -> Channel:
    """Let notices reach browsers. The keys are made once: with others, everybody would have to subscribe anew."""
    row = state.state(routes.PUSH)
    public, sealed = (row.settings.get("public", ""), row.secret) if row.secret else push.fresh_keys()
    return _keep(routes.PUSH, is_on=is_on, settings={"public": public, "inside": inside}, secret=sealed)


@operation("notify.channel.retry", needs=SET_CHANNELS)
def retry(call: Call, *, channel: str) -> int:
    """Try a channel now, with all that it had given up; answers how many deliveries that are.

    What is read meanwhile, or was told by another way, stays as it is.
    """
    if channel not in channels:
        raise rules.CHANNEL_UNKNOWN(name=channel)
    Channel.objects.filter(pk=channel).update(**FRESH)
    failed = Delivery.objects.filter(channel=channel, state=State.FAILED, notice__seen_at=None)
    told = Delivery.objects.filter(notice__in=failed.values("notice"), state=State.SENT).values("notice")
    again = failed.exclude(notice__in=told)
    return again.update(state=State.WAITING, attempts=0, problem="", due_at=call.at, ended_at=None)


@operation("notify.channel.forget", needs=SET_CHANNELS)
def forget(call: Call, *, channel: str) -> int:
    """Take note of what a channel had given up: it is shown no more. On the site everybody has it all the same."""
    failed = Delivery.objects.filter(channel=channel, state=State.FAILED)
    return failed.update(state=State.UNNEEDED)


def _keep(name: str, *, is_on: bool, settings: dict[str, Any], secret: str) -> Channel:
    row, _made = Channel.objects.update_or_create(
        pk=name, defaults={"is_on": is_on, "settings": settings, "secret": secret, **FRESH}
    )
    return row
