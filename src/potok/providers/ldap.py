"""LDAP: who types his login and password of a directory is found there, and the directory judges the password."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from potok.kit.errors import Trouble
from potok.kit.sealing import unseal
from potok.kit.words import _
from potok.providers.kinds import LDAP
from potok.providers.kinds.ldap import PLAIN, START_TLS, TLS
from potok.providers.models import Provider
from potok.providers.rules import Claim

TIMEOUT_SECONDS = 5
LOGIN_MAX = 200
ATTRIBUTES = ("subject", "email", "name", "surname", "phone", "position", "groups")
SILENT = _("The directory {host} cannot be reached: {said}")
NOT_LET_SEARCH = _("The directory does not let {user} in to search: {said}")
NOT_SEARCHED = _("The directory cannot search in {base}: {said}")
SEVERAL = _("The filter finds several people with the login {login}. Make it narrower.")
NAMELESS = _("{dn} has no attribute {attribute}, by which people are known for ever. Choose another one.")


def prove(provider: Provider, *, login: str, password: str) -> Claim | None:
    """Answer with what the directory says of whoever has this login and password; None if it knows nobody so."""
    # With an empty password a directory lets anybody in, as nobody (RFC 4513, 5.1.2).
    if not password or not login or len(login) > LOGIN_MAX:
        return None
    entry = find(provider, login=login)
    if entry is None or not _is_let_in(provider, dn=entry["dn"], password=password):
        return None
    return claim(provider, entry)


def find(provider: Provider, *, login: str) -> dict[str, Any] | None:
    """Find the one entry of this login; `Trouble` if the directory does not let us look, or there are several."""
    from ldap3.utils.conv import escape_filter_chars

    text = str(_told(provider, "filter")).replace("{login}", escape_filter_chars(login))
    with searching(provider) as line:
        found = search(provider, line, text, limit=2)
    if len(found) > 1:
        raise Trouble("providers.several", SEVERAL, lasting=True, login=login)
    return found[0] if found else None


def claim(provider: Provider, entry: dict[str, Any]) -> Claim:
    """What an entry says of a person; a directory of the company stands for its addresses."""
    told = {name: _values(entry, str(_told(provider, name))) for name in ATTRIBUTES}
    if not told["subject"]:
        attribute = _told(provider, "subject")
        raise Trouble("providers.nameless", NAMELESS, lasting=True, dn=entry["dn"], attribute=attribute)
    one = {name: values[0] if values else "" for name, values in told.items() if name != "groups"}
    return Claim(**{**one, "email": one["email"].lower()}, is_checked=True, groups=told["groups"])


@contextmanager
def searching(provider: Provider) -> Iterator[Any]:
    """Connect as who searches; `Trouble` says in words what is wrong."""
    user = str(_told(provider, "user"))
    with _line(provider, user=user, password=unseal(provider.sealed).decode()) as line:
        if not line.bind():
            raise Trouble("providers.not_let_in", NOT_LET_SEARCH, lasting=True, user=user or "—", said=_said(line))
        yield line


def search(provider: Provider, line: Any, text: str, *, limit: int) -> list[dict[str, Any]]:
    """Answer with the entries that a filter finds where people are."""
    from ldap3.core.exceptions import LDAPException

    base = str(_told(provider, "base"))
    wanted = [str(_told(provider, name)) for name in ATTRIBUTES if _told(provider, name)]
    try:
        line.search(base, text, attributes=wanted, size_limit=limit)
    except LDAPException as failure:
        raise Trouble("providers.not_searched", NOT_SEARCHED, lasting=True, base=base, said=str(failure)) from failure
    if line.result["result"] not in {0, 4}:  # success, or more than the limit
        raise Trouble("providers.not_searched", NOT_SEARCHED, lasting=True, base=base, said=_said(line))
    return [one for one in line.response or [] if one["type"] == "searchResEntry"]


def _is_let_in(provider: Provider, *, dn: str, password: str) -> bool:
    with _line(provider, user=dn, password=password) as line:
        return bool(line.bind())


@contextmanager
def _line(provider: Provider, *, user: str, password: str) -> Iterator[Any]:
    import ldap3  # slow to import, and only for who has a directory
    from ldap3.core.exceptions import LDAPException

    host, safety = str(_told(provider, "host")), _told(provider, "safety")
    # No guard here: a directory stands in the company's own network, and only an administrator names it.
    port = int(_told(provider, "port") or (636 if safety == TLS else 389))
    authority = _told(provider, "certificate") or None
    context = ssl.create_default_context(cadata=authority)

    class Trusted(ldap3.Tls):
        """Python's own check of certificate and name: ldap3's asks for functions that Python has given up."""

        def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:
            connection.socket = context.wrap_socket(connection.socket, server_hostname=host)

    server = ldap3.Server(
        host, port, use_ssl=safety == TLS, tls=None if safety == PLAIN else Trusted(validate=ssl.CERT_REQUIRED),
        get_info=ldap3.NONE, connect_timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    # Referrals are not followed: the password would go with them.
    line = ldap3.Connection(
        server, user or None, password or None, read_only=True, auto_referrals=False,
        check_names=False, receive_timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    try:
        line.open()
        if safety == START_TLS:
            line.start_tls()
        yield line
    except LDAPException as failure:
        raise Trouble("providers.directory_silent", SILENT, host=host, said=_first(failure)) from failure
    finally:
        if not line.closed:
            line.unbind()
        elif line.socket is not None:  # ldap3 leaves it open where the certificate is not to be trusted
            line.socket.close()


def _told(provider: Provider, name: str) -> Any:
    return provider.settings.get(name, LDAP.defaults()[name])


def _values(entry: dict[str, Any], attribute: str) -> list[str]:
    """Values of an attribute as text; what is no text, like Active Directory's objectGUID, in hexadecimal digits."""
    raw = {name.lower(): values for name, values in entry["raw_attributes"].items()}.get(attribute.lower(), [])
    return [_text(value) for value in raw if value]


def _text(value: bytes) -> str:
    try:
        return value.decode().strip()
    except UnicodeDecodeError:
        return value.hex()


def _said(line: Any) -> str:
    return str(line.result.get("message") or line.result.get("description") or "")


def _first(failure: Exception) -> str:
    return str(failure.args[0] if failure.args else failure).partition(" - [")[0][:300]
