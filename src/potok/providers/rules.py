"""What is decided about providers from values alone: whom they may bring, and what is wrong with their settings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

UNTITLED = refusal("providers.provider.untitled", _("A provider needs a title: people read it on its button."))
TITLE_TAKEN = refusal("providers.provider.title_taken", _("There is a provider “{title}” already. Give another title."))
WRONG_KIND = refusal("providers.provider.wrong_kind", _("There is no kind of provider “{given}”. Choose another one."))
NEEDED = refusal("providers.provider.needed", _("Without this the provider cannot be asked. Fill it in."))
WRONG_URL = refusal(
    "providers.provider.wrong_url",
    _("“{given}” is no address that begins with https://. Within your own network http:// will do, if you allow it."),
)
WRONG_NUMBER = refusal("providers.provider.wrong_number", _("“{given}” is no port. Give a number from 1 to 65535."))
WRONG_DOMAIN = refusal("providers.provider.wrong_domain", _("“{given}” is no mail domain. Write it as firm.example."))
WRONG_CERTIFICATE = refusal(
    "providers.provider.wrong_certificate", _("This is no certificate. Paste the text between BEGIN and END with both.")
)
WRONG_FILTER = refusal(
    "providers.provider.wrong_filter",
    _("The filter does not ask for the login. Put {{login}} where it stands."),
)
WRONG_ROLES = refusal(
    "providers.provider.wrong_roles", _("“{given}” names no role. Write a line for each: group = role.")
)
LAST_WAY = refusal(
    "providers.provider.last_way",
    _("People come in through this provider only. Let them in by passwords first, on the page of sign-ins."),
)
NOT_ANSWERED = refusal(
    "providers.sign_in.not_answered", _("{provider} did not confirm who you are. Try again, or ask an administrator.")
)
TOO_LATE = refusal("providers.sign_in.too_late", _("That took too long. Sign in anew."), family=Overtaken)
UNREACHABLE = refusal(
    "providers.sign_in.unreachable", _("{provider} does not answer. Try again later, or sign in by a password.")
)
NO_MAIL = refusal(
    "providers.sign_in.no_mail",
    _("{provider} told us no checked e-mail address of yours. Ask an administrator."),
)
OTHER_DOMAIN = refusal(
    "providers.sign_in.other_domain", _("With {email} nobody comes in through {provider}. Take your address at work.")
)
UNKNOWN = refusal(
    "providers.sign_in.unknown", _("Nobody with the address {email} works here. Ask an administrator to let you in.")
)
LEFT = refusal("providers.sign_in.left", _("You cannot come in any more. Ask an administrator if that is a mistake."))
OTHER_SUBJECT = refusal(
    "providers.sign_in.other_subject",
    _("{provider} knew {email} as somebody else. An administrator can forget that on the page of the provider."),
)

DOMAIN = re.compile(r"[a-z0-9а-яё-]+(\.[a-z0-9а-яё-]+)+")


@dataclass(frozen=True)
class Claim:
    """What a provider says of somebody. `subject` names him for ever; `is_checked` that the address is his."""

    subject: str
    email: str = ""
    is_checked: bool = False
    name: str = ""
    surname: str = ""
    phone: str = ""
    position: str = ""
    groups: Sequence[str] = field(default_factory=tuple)


def check_mail(claim: Claim, *, provider: str, domains: Sequence[str]) -> None:
    """Refuse an address that the provider does not stand for, or that is not of these domains."""
    if not claim.email or not claim.is_checked:
        raise NO_MAIL(provider=provider)
    if domains and claim.email.rpartition("@")[2] not in domains:
        raise OTHER_DOMAIN(email=claim.email, provider=provider)


def check_url(text: str, *, place: str, inside: bool) -> str:
    """Give an address its one form, or refuse it; without TLS within one's own network only."""
    text = text.strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ({"https", "http"} if inside else {"https"}) or not parts.hostname or "@" in parts.netloc:
        raise WRONG_URL(place=place, given=text)
    return text


def domains(text: str) -> list[str]:
    """Read mail domains, one a line or parted by commas."""
    found = [one.strip().lstrip("@").lower() for one in re.split(r"[\s,;]+", text) if one.strip()]
    if wrong := [one for one in found if not DOMAIN.fullmatch(one)]:
        raise WRONG_DOMAIN(place="domains", given=wrong[0])
    return found


def roles_of_groups(text: str) -> list[tuple[str, str]]:
    """Read lines of `group = role`; a group may be named by a path that has equals signs in it."""
    lines = [line.rpartition("=") for line in text.splitlines() if line.strip()]
    pairs = [(group.strip(), role.strip()) for group, _equals, role in lines]
    if wrong := [f"{group} {role}".strip() for group, role in pairs if not group or not role]:
        raise WRONG_ROLES(place="roles", given=wrong[0])
    return pairs


def is_member(groups: Sequence[str], *, of: str) -> bool:
    """Tell whether these groups name one; `cn=sales,ou=groups,…` answers to its short name, too."""
    short = {one.partition(",")[0].partition("=")[2].casefold() for one in groups if "=" in one}
    return of.casefold() in {one.casefold() for one in groups} | short
