"""A provider is tried before people are let in through it: step by step, until one fails, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from potok.kit.errors import Trouble
from potok.providers import ldap, oidc, saml
from potok.providers.models import Provider

FOUND_MAX = 100
EVERYBODY = "(objectClass=*)"


@dataclass(frozen=True)
class Step:
    """One step of a trial: what was found, and whether it is well."""

    said: str
    is_well: bool = True

    @property
    def tone(self) -> str:
        return "done" if self.is_well else "incident"


def tried(provider: Provider, *, login: str = "") -> list[Step]:
    """Take the steps until one fails; `login` is somebody whom a directory should know."""
    return list(_until_trouble(TRIALS[provider.kind](provider, login)))


def _until_trouble(steps: Iterator[Step]) -> Iterator[Step]:
    try:
        yield from steps
    except Trouble as trouble:
        yield Step(trouble.sentence(), is_well=False)


def _oidc(provider: Provider, login: str) -> Iterator[Step]:
    config = oidc.discover(provider)
    yield Step(_("It answers and is who it should be"))
    keys = oidc.keys(provider, config)
    yield Step(_("Its keys are read: %(count)s") % {"count": len(keys.keys)})
    yield Step(_("Whether the client id and the secret are right shows with the first sign-in"))


def _ldap(provider: Provider, login: str) -> Iterator[Step]:
    with ldap.searching(provider) as line:
        yield Step(_("It answers and lets us search"))
        found = len(ldap.search(provider, line, EVERYBODY, limit=FOUND_MAX))
        yield Step(_("Entries are found there: %(count)s") % {"count": found}, is_well=found > 0)
    if login:
        yield _known(provider, login)


def _known(provider: Provider, login: str) -> Step:
    entry = ldap.find(provider, login=login)
    if entry is None:
        return Step(_("The filter finds nobody with the login %(login)s") % {"login": login}, is_well=False)
    claim = ldap.claim(provider, entry)
    told = ", ".join(filter(None, (f"{claim.name} {claim.surname}".strip(), claim.email, *claim.groups)))
    return Step(f"{entry['dn']}: {told}", is_well=bool(claim.email))


def _saml(provider: Provider, login: str) -> Iterator[Step]:
    for one in saml.certificates(str(provider.told("certificates"))):
        until = x509.load_pem_x509_certificate(saml.pem(one).encode()).not_valid_after_utc
        is_well = until > datetime.now(UTC)  # the certificate is of the world outside, not of our clock
        sentence = _("Its certificate is good until %(day)s") if is_well else _("Its certificate ended on %(day)s")
        yield Step(sentence % {"day": date_format(until, "SHORT_DATE_FORMAT")}, is_well=is_well)
    yield Step(_("Whether it knows us shows with the first sign-in"))


TRIALS: dict[str, Callable[[Provider, str], Iterator[Step]]] = {"oidc": _oidc, "ldap": _ldap, "saml": _saml}
