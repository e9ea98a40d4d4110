"""Settings of a provider as they come from a form: each in its one form, or refused at its place."""

import ssl
from collections.abc import Mapping
from typing import Any

from potok.kit.errors import Refusals, Refused
from potok.people.public import Role
from potok.providers import rules, saml
from potok.providers.kinds import Field, Kind, kinds
from potok.providers.models import Provider

PORT_MAX = 65_535


def kind(name: str) -> Kind:
    """Find a kind, or refuse."""
    found = kinds.get(name)
    if found is None:
        raise rules.WRONG_KIND(place="kind", given=name)
    return found


def title(text: str, *, but: int = 0) -> str:
    """Refuse no title, or one that another provider has."""
    text = " ".join(text.split())
    if not text:
        raise rules.UNTITLED(place="title")
    if Provider.objects.filter(title=text).exclude(pk=but).exists():
        raise rules.TITLE_TAKEN(place="title", title=text)
    return text


def settings(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with what a kind asks for, and which roles groups stand for; everything wrong is refused at once."""
    inside = bool(given.get("inside"))
    kept: dict[str, Any] = {}
    wrong: list[Refused] = []
    for one in kind(name).all():
        try:
            kept[one.name] = _checked(one, given.get(one.name, one.default), inside=inside)
        except Refused as refused:
            wrong.append(refused)
    try:
        kept["roles"] = _roles(str(given.get("roles", "")))
        _check_filter(str(kept.get("filter", "")), given=name)
    except Refused as refused:
        wrong.append(refused)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return kept


def _checked(one: Field, value: Any, *, inside: bool) -> Any:
    if one.shape == "check":
        return bool(value)
    text = str(value).strip()
    if not text:
        if one.is_needed:
            raise rules.NEEDED(place=one.name)
        return text
    if one.shape == "url":
        return rules.check_url(text, place=one.name, inside=inside)
    if one.shape == "port" and not (text.isdecimal() and 0 < int(text) <= PORT_MAX):
        raise rules.WRONG_NUMBER(place=one.name, given=text)
    if one.shape == "choice" and text not in {name for name, _title in one.choices}:
        raise rules.NEEDED(place=one.name)
    return _certificates(text, place=one.name) if one.shape == "certificates" else text


def _certificates(text: str, *, place: str) -> str:
    try:
        pieces = [saml.pem(one) for one in saml.certificates(text)]
        for one in pieces:
            ssl.create_default_context(cadata=one)
    except (ssl.SSLError, ValueError):
        raise rules.WRONG_CERTIFICATE(place=place) from None
    return "".join(pieces)


def _check_filter(text: str, *, given: str) -> None:
    if given == "ldap" and "{login}" not in text:
        raise rules.WRONG_FILTER(place="filter")


def _roles(text: str) -> str:
    pairs = rules.roles_of_groups(text)
    known = set(Role.objects.filter(name__in=[role for _group, role in pairs]).values_list("name", flat=True))
    if unknown := [role for _group, role in pairs if role not in known]:
        raise rules.WRONG_ROLES(place="roles", given=unknown[0])
    return "\n".join(f"{group} = {role}" for group, role in pairs)
