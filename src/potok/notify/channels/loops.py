"""The loops that carry notices to browsers and by XMPP. That of mail stands in its part."""

import threading

from potok.kit.loops import loop, rounds
from potok.notify import carrying, routes
from potok.notify.channels import channels, push, xmpp  # noqa: F401 (they register their channels)


@rounds("pushing", rest_seconds=1.0)
def push_out() -> int:
    """Carry what is next to browsers."""
    return carrying.serve(channels[routes.PUSH])


@loop("xmpp")
def write_by_xmpp(stop: threading.Event) -> None:
    """Keep the connection to the XMPP server until told to stop."""
    from potok.notify.channels import xmpp_line  # slow to import, and only the worker needs it

    xmpp_line.run(stop)
