"""XMPP: the product is a component of the company's server (XEP-0114) and writes to whoever is connected.

Here stands how the channel is set and what it writes; `xmpp_line` keeps the connection.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from potok.kit.errors import Trouble
from potok.kit.words import gettext_noop
from potok.notify import routes
from potok.notify.channels import Channel, channels, state
from potok.notify.models import Notice

PORT = 5347
ROBOT = "potok"
UNREACHABLE = gettext_noop("The XMPP server {host} cannot be reached: {said}")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the server is and what we are called there. `inside` lets it stand in our own network."""

    host: str
    port: int
    domain: str
    secret: str
    inside: bool

    @property
    def address(self) -> str:
        """Who people see writing to them."""
        return f"{ROBOT}@{self.domain}"


def setting() -> Setting:
    """Read how the channel is set."""
    told, secret = state.setting(routes.XMPP)
    return Setting(
        host=str(told.get("host", "")),
        port=int(told.get("port") or PORT),
        domain=str(told.get("domain", "")),
        secret=secret,
        inside=bool(told.get("inside")),
    )


def body(notice: Notice) -> str:
    """Say a notice as a message of the chat: what, why, where."""
    address = f"{settings.PUBLIC_URL}/notices/{notice.pk}" if notice.url else ""
    return "\n".join(filter(None, (notice.outside or notice.text, notice.why, address)))


def is_ready() -> bool:
    """Tell whether administrators have switched it on."""
    return state.is_on(routes.XMPP)


def unreachable(setting: Setting, said: object) -> Trouble:
    """The trouble of a server that does not answer."""
    return Trouble("notify.xmpp_unreachable", UNREACHABLE, host=f"{setting.host}:{setting.port}", said=str(said))


channels.add(routes.XMPP, Channel(routes.XMPP, _("XMPP"), is_ready))
