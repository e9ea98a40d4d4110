"""The ways by which notices go further than the site, one file each; mail, which stands above, adds its own.

    channels.add("xmpp", Channel("xmpp", _("XMPP"), is_ready))

A channel is ready when it is set and switched on. One with `carry` is served by `carrying`; one without keeps a
connection and serves itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from potok.kit.errors import Trouble
from potok.kit.registry import Registry
from potok.notify.models import Notice
from potok.people.public import Person


class Unreached(Trouble):
    """This one did not get it, others may: the channel goes on with them."""


@dataclass(frozen=True)
class Channel:
    """One way. `carry(person, notices)` tells them all at once or raises `Trouble`: passing, the channel rests;
    lasting, this delivery has failed. It may be called again for what it carried just before a crash, and is to see to
    it that nothing is shown twice. With `gathers` all that is due to one person goes at once."""

    name: str
    title: str | Promise
    is_ready: Callable[[], bool]
    carry: Callable[[Person, Sequence[Notice]], None] | None = None
    gathers: bool = False


channels: Registry[Channel] = Registry("channel")
