"""SAML 2.0: we ask by a redirect, the answer is posted to us, signed; each question is answered once."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.providers.models import Provider
from potok.providers.rules import Claim

NOT_TRUSTED = _("The answer of {provider} is not to be trusted: {said}")
ANSWER_MAX = 500_000
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
ATTRIBUTES = ("email", "name", "surname", "phone", "position", "groups")


def begin(provider: Provider, *, ours: str) -> tuple[str, str]:
    """Answer with the address to send the browser to, and the number of the question; `ours` is where we stand."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth  # slow to import, and only for who has such a provider

    asking = OneLogin_Saml2_Auth(_request(ours), settings(provider, ours=ours))
    return str(asking.login(return_to=ours)), str(asking.get_last_request_id())


def asked_by(text: str) -> str:
    """The number of the question that an answer says it belongs to; nothing of it is believed yet."""
    from lxml import etree
    from onelogin.saml2.utils import OneLogin_Saml2_Utils
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

    try:
        return str(OneLogin_Saml2_XML.to_etree(OneLogin_Saml2_Utils.b64decode(text)).get("InResponseTo") or "")
    except (etree.LxmlError, ValueError, TypeError):
        return ""


def finish(provider: Provider, *, text: str, asked: str, ours: str) -> Claim:
    """Check an answer to this question and say what it tells; `Trouble` if it is not to be trusted."""
    from lxml import etree
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    try:
        answer = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(settings(provider, ours=ours)), text)
        answer.is_valid(_request(ours), asked, raise_exceptions=True)
        return _claim(provider, answer)
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, etree.LxmlError, ValueError) as failure:
        raise Trouble(
            "providers.bad_answer", NOT_TRUSTED, lasting=True, provider=provider.title, said=str(failure)
        ) from failure


def metadata(provider: Provider, *, ours: str) -> bytes:
    """What the provider is to know about us."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    told = OneLogin_Saml2_Settings(settings(provider, ours=ours), sp_validation_only=True).get_sp_metadata()
    return told if isinstance(told, bytes) else str(told).encode()


def settings(provider: Provider, *, ours: str) -> dict[str, Any]:
    """The settings of the library: everything signed with what is not broken, and for us alone."""
    signing = certificates(str(provider.told("certificates")))
    return {
        "strict": True,
        "sp": {
            "entityId": f"{ours}/metadata",
            "assertionConsumerService": {"url": f"{ours}/answer"},
            "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        },
        "idp": {
            "entityId": provider.told("entity"),
            "singleSignOnService": {"url": provider.told("url")},
            "x509certMulti": {"signing": signing},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True,
            "failOnAuthnContextMismatch": False,
        },
    }


def certificates(text: str) -> Sequence[str]:
    """Cut a text into certificates, without the lines around each."""
    pieces = text.replace("-----BEGIN CERTIFICATE-----", "\0").replace("-----END CERTIFICATE-----", "").split("\0")
    return ["".join(piece.split()) for piece in pieces if piece.strip()]


def pem(certificate: str) -> str:
    """Put the lines around a certificate back."""
    body = "\n".join(textwrap.wrap(certificate, 64))
    return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"


def _claim(provider: Provider, answer: Any) -> Claim:
    subject = str(answer.get_nameid())
    # A transient name is another one with every sign-in: nobody is known again by it.
    if answer.get_nameid_format() == TRANSIENT:
        raise ValueError("its names are transient; let it send persistent ones or addresses")
    told: Mapping[str, list[str]] = answer.get_attributes()
    values = {name: told.get(str(provider.told(name)), []) for name in ATTRIBUTES}
    one = {name: str(found[0]) if found else "" for name, found in values.items() if name != "groups"}
    email = one.pop("email") or (subject if "@" in subject else "")
    return Claim(subject, email.strip().lower(), is_checked=True, groups=values["groups"], **one)


def _request(ours: str) -> dict[str, Any]:
    """The request as the library wants it: the address that we gave the provider, whatever host was asked for."""
    parts = urlsplit(f"{ours}/answer")
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {},
    }
