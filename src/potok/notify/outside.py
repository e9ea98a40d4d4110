"""Where the product may knock on somebody's word: not within the network that it stands in, unless an administrator
has said so. An address that a browser hands in is anybody's address."""

import ipaddress
import socket

from potok.kit.errors import Trouble
from potok.kit.words import _

UNKNOWN = _("The address {host} is not known: {said}")
INSIDE = _("{host} stands in the network of this server. An administrator can allow that on the page of channels.")


def resolve(host: str, *, port: int, inside: bool) -> str:
    """Answer with the IP address to connect to, the very one that was judged; `Trouble` if there is none to be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as failure:
        raise Trouble("notify.unknown_host", UNKNOWN, host=host, said=str(failure)) from failure
    addresses = [str(each[4][0]) for each in found]
    if not inside and not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in addresses):
        raise Trouble("notify.inside", INSIDE, lasting=True, host=host)
    return addresses[0]
