"""Where the product may knock on somebody's word: not within the network that it stands in, unless an administrator
has said so. An address that a browser hands in is anybody's address."""

import ipaddress
import socket
from functools import lru_cache
from ssl import SSLContext

import httpx

from potok.kit.errors import Trouble
from potok.kit.words import _

UNKNOWN = _("The address {host} is not known: {said}")
INSIDE = _("{host} stands in the network of this server. An administrator can allow that on the page of channels.")


class Judged(httpx.HTTPTransport):
    """Connects to the very address that was judged, of each redirect anew; the certificate is held to the name all the
    same."""

    def __init__(self, *, inside: bool) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        self._inside = inside

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to where its host is, if that is allowed."""
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        address = resolve(host, port=port, inside=self._inside)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)  # the Host header keeps the name
        return super().handle_request(request)


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


@lru_cache
def _trust() -> SSLContext:
    return httpx.create_ssl_context()
