"""A SAML provider of the tests: it signs what it is told to say, and spoils it on demand."""

import base64
import datetime as dt
import zlib
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY = "https://idp.firm.example/metadata"
URL = "https://idp.firm.example/sso"

ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0"
 IssueInstant="{now}"><saml:Issuer>{entity}</saml:Issuer>
<saml:Subject><saml:NameID Format="{format}">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{recipient}" InResponseTo="{asked}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}">
<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{id}s"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>
<saml:Attribute Name="email"><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="givenName"><saml:AttributeValue>Anna</saml:AttributeValue></saml:Attribute>
</saml:AttributeStatement></saml:Assertion>"""
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="{id}" Version="2.0"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" IssueInstant="{now}" Destination="{recipient}"
 InResponseTo="{asked}"><saml:Issuer>{entity}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{inner}</samlp:Response>"""


@dataclass(frozen=True)
class Says:
    """What it says; each value may be spoilt."""

    asked: str
    ours: str
    subject: str = "anna-at-the-provider"
    email: str = "anna@firm.example"
    format: str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
    audience: str = ""
    recipient: str = ""
    minutes: int = 0
    signer: str = "idp"
    id: str = field(default_factory=lambda: f"_{uuid4().hex}")

    def assertion(self) -> str:
        """The assertion with the provider's signature."""
        now = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=self.minutes)
        told = ASSERTION.format(
            id=self.id, entity=ENTITY, now=_moment(now), since=_moment(now - dt.timedelta(minutes=1)),
            until=_moment(now + dt.timedelta(minutes=5)), format=self.format, subject=self.subject,
            email=self.email, asked=self.asked, recipient=self.recipient or f"{self.ours}/answer",
            audience=self.audience or f"{self.ours}/metadata",
        )  # fmt: skip
        key, certificate = keys(self.signer)
        signed = OneLogin_Saml2_Utils.add_sign(told, key, certificate)
        return signed.decode() if isinstance(signed, bytes) else str(signed)

    def response(self, inner: str | None = None) -> str:
        """The form field that a browser brings; `inner` is what stands in it instead."""
        text = RESPONSE.format(
            id=f"_{uuid4().hex}", now=_moment(dt.datetime.now(dt.UTC)), entity=ENTITY, asked=self.asked,
            recipient=self.recipient or f"{self.ours}/answer", inner=self.assertion() if inner is None else inner,
        )  # fmt: skip
        return base64.b64encode(text.encode()).decode()

    def wrapped(self) -> str:
        """A signed assertion hidden in an unsigned one that says something else: signature wrapping."""
        signed = etree.fromstring(self.assertion())
        evil = etree.fromstring(
            replace(self, email="ann@firm.example", subject="ann", id=f"_{uuid4().hex}").assertion()
        )
        for signature in evil.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
            evil.remove(signature)
        evil.append(signed)
        return self.response(etree.tostring(evil).decode())


@cache
def keys(name: str) -> tuple[str, str]:
    """A private key and its certificate."""
    key = rsa.generate_private_key(65537, 2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.firm.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called).issuer_name(called).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


def question(url: str) -> str:
    """The number of the question in the address that a browser was sent to."""
    asked = parse_qs(urlsplit(url).query)["SAMLRequest"][0]
    number = etree.fromstring(zlib.decompress(base64.b64decode(asked), -15)).get("ID")
    assert number
    return number


def _moment(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
